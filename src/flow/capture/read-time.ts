import { normalise } from '../normalise.ts';
import { two } from '../speak/calendar.ts';
import { minutesOf } from '../speak/dates.ts';

const HALVES: ReadonlyMap<string, number> = new Map([
  ['am', 0],
  ['pm', 12],
  ['morning', 0],
  ['afternoon', 12],
  ['evening', 12],
  ['night', 12],
  ['tonight', 12],
]);
/** An hour without "AM" or "PM" from here on is in the morning: people are called about their day. */
const FIRST_MORNING_HOUR = 7;

/** A time of day that a caller named, as `14:30`; English. */
export function readTime(text: string): string | null {
  const written = minutesOf(text);
  if (written !== null && (/m/i.test(text) || written >= 780)) return clock(written);
  const plain = text
    .replace(/([ap])\s*\.?\s*m\b\.?/gi, ' $1m ')
    .replace(/(\d)([ap]m)/gi, '$1 $2')
    .replace(/:/g, ' ');
  const words = normalise(plain).map((token) => token.text);
  if (words.includes('noon') || words.includes('midday')) return '12:00';
  if (words.includes('midnight')) return '00:00';
  const numbers = words.flatMap((word, at) =>
    /^\d{1,4}$/.test(word) ? [{ value: Number(word), at }] : [],
  );
  const [first, second] = numbers;
  const half = words.map((word) => HALVES.get(word)).find((hours) => hours !== undefined) ?? null;
  if (first === undefined) return null;
  const before = words[first.at + 1];
  if (before === 'to' && second !== undefined) return at(second.value - 1, 60 - first.value, half);
  if (before === 'past' && second !== undefined) return at(second.value, first.value, half);
  if (words.includes('past')) return at(first.value, words.includes('half') ? 30 : 15, half);
  if (words.includes('quarter') && words.includes('to')) return at(first.value - 1, 45, half);
  if (first.value > 99) return at(Math.floor(first.value / 100), first.value % 100, half);
  const minutes = numbers.slice(1).reduce((sum, { value }) => sum + value, 0);
  return at(first.value, minutes, half);
}

/** Three or four keys: `930`, `1430`. */
export function readTimeKeys(digits: string): string | null {
  if (!/^\d{3,4}$/.test(digits)) return null;
  return at(Number(digits.slice(0, -2)), Number(digits.slice(-2)), digits.length === 4 ? 0 : null);
}

function at(hour: number, minute: number, half: number | null): string | null {
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return null;
  if (half !== null && hour > 12) return clock(hour * 60 + minute);
  if (half !== null)
    return clock((((hour % 12) + half + (half === 0 && hour === 12 ? 12 : 0)) % 24) * 60 + minute);
  const isAfternoon = hour > 0 && hour < FIRST_MORNING_HOUR;
  return clock((hour + (isAfternoon ? 12 : 0)) * 60 + minute);
}

const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
