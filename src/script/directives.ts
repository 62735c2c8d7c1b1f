/** Before the first node. */
export const HEADER_NAMES = [
  'language',
  'voice',
  'speed',
  'timeout',
  'retry',
  'fallback',
  'default',
  'globals',
  'machine',
  'channels',
  'timezone',
  'hours',
  'keywords',
  'pronounce',
] as const;

/** Inside a node. */
export const ACTION_NAMES = [
  'set',
  'pause',
  'bargein',
  'capture',
  'transfer',
  'voicemail',
  'webhook',
  'sms',
] as const;

/** May stand on several lines. */
export const REPEATABLE_NAMES: readonly string[] = ['default', 'keywords', 'pronounce', 'hours'];

export const FORMAT_NAMES = [
  'date',
  'time',
  'weekday',
  'digits',
  'spell',
  'phone',
  'currency',
  'number',
  'ordinal',
] as const;
