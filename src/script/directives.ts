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

const UNAVAILABLE: ReadonlySet<string> = new Set([
  'machine',
  'channels',
  'timezone',
  'hours',
  'keywords',
  'pronounce',
  'capture',
  'transfer',
  'voicemail',
  'webhook',
  'sms',
  'test',
]);

export function isAvailable(directive: string): boolean {
  return !UNAVAILABLE.has(directive);
}

export const notAvailable = (what: string) => `${what} is not available in this version.`;

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
