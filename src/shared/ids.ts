import type { RandomBytes } from './clock.ts';

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

export const ID_PREFIXES = [
  'ten',
  'num',
  'con',
  'scr',
  'cmp',
  'call',
  'req',
  'out',
  'imp',
  'lst',
  'inv',
  'key',
  'aud',
  'mov',
  'msg',
  'thr',
  'cnv',
  'alt',
  'whk',
  'evt',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];
export type NewId = (prefix: IdPrefix) => string;

/**
 * Ids that sort by the millisecond they were made in: prefix, 48 bits of time and 80 random bits
 * in Crockford's base 32, 26 characters after the prefix (the ULID layout, lower case).
 */
export function idMaker(now: () => number, random: RandomBytes): NewId {
  return (prefix) => `${prefix}_${timePart(now())}${randomPart(random)}`;
}

export function isId(prefix: IdPrefix, value: string): boolean {
  return (
    value.startsWith(`${prefix}_`) &&
    /^[0-9a-hjkmnp-tv-z]{26}$/.test(value.slice(prefix.length + 1))
  );
}

function timePart(ms: number): string {
  let rest = Math.floor(ms);
  let text = '';
  for (let i = 0; i < TIME_CHARS; i++) {
    text = CROCKFORD.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomPart(random: RandomBytes): string {
  return crockfordOf(random(new Uint8Array(RANDOM_CHARS)));
}

/** Five bits of each byte, one character a byte. */
export function crockfordOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => CROCKFORD.charAt(byte & 31)).join('');
}
