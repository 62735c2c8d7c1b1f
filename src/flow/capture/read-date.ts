import { normalise } from '../normalise.ts';
import {
  addDays,
  checked,
  isoDay,
  MONTHS,
  type Moment,
  momentIn,
  parseMoment,
  WEEKDAYS,
  weekdayOf,
} from '../speak/calendar.ts';
import { ordinal } from '../speak/numbers.ts';

const DAYS_AHEAD = new Map([
  ['today', 0],
  ['tonight', 0],
  ['tomorrow', 1],
]);
const ORDINALS = new Map(Array.from({ length: 31 }, (_, i) => [ordinal(i + 1), i + 1]));
const short = (names: readonly string[]) => names.map((name) => name.toLowerCase().slice(0, 3));
const MONTH_STARTS = short(MONTHS);
const DAY_STARTS = short(WEEKDAYS);

/**
 * A day that a caller named, as `2026-12-25`; English. Without a year it is the next such day, so
 * "December 25th" said on the 26th is next year's.
 */
export function readDate(text: string, now: number, zone: string): string | null {
  const today = momentIn(zone, now);
  const written = parseMoment(text.trim(), zone);
  if (written !== null) return isoDay(written);
  const words = normalise(text.replace(/-/g, ' ')).map((token) => token.text);
  const day = relative(words, today) ?? onCalendar(joinOrdinals(words), today);
  return day && isoDay(day);
}

/** Eight keys are month, day and year, four are month and day. */
export function readDateKeys(digits: string, now: number, zone: string): string | null {
  if (!/^(?:\d{4}|\d{8})$/.test(digits)) return null;
  const [month, day] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))];
  const today = momentIn(zone, now);
  const year = digits.length === 8 ? Number(digits.slice(4)) : null;
  const date = year === null ? nextOf(today, month, day) : checked(year, month, day, null);
  return date && isoDay(date);
}

function relative(words: readonly string[], today: Moment): Moment | null {
  if (words.includes('day') && words.includes('after') && words.includes('tomorrow')) {
    return addDays(today, 2);
  }
  const ahead = words.map((word) => DAYS_AHEAD.get(word)).find((days) => days !== undefined);
  if (ahead !== undefined) return addDays(today, ahead);
  const weekday = words
    .map((word) =>
      WEEKDAYS.some((name) => name.toLowerCase().startsWith(word) && word.length >= 3)
        ? DAY_STARTS.indexOf(word.slice(0, 3))
        : -1,
    )
    .find((day) => day >= 0);
  const isDated = words.some(
    (word) => monthOf(word) !== null || /^\d+(?:st|nd|rd|th)?$/.test(word),
  );
  if (weekday === undefined || isDated) return null;
  const days = (weekday - weekdayOf(today) + 7) % 7 || 7;
  return addDays(today, days);
}

function onCalendar(words: readonly string[], today: Moment): Moment | null {
  const month = words.map(monthOf).find((found) => found !== null) ?? null;
  const numbers = words.flatMap((word) => {
    const value =
      ORDINALS.get(word) ?? Number(/^(\d+)(?:st|nd|rd|th)?$/.exec(word)?.[1] ?? Number.NaN);
    return Number.isNaN(value) ? [] : [value];
  });
  const day = numbers.find((value) => value >= 1 && value <= 31);
  if (day === undefined) return null;
  if (month === null)
    return words.includes('the') || words.length <= 2 ? nextDayOfMonth(today, day) : null;
  const year = yearIn(numbers);
  return year === null ? nextOf(today, month, day) : checked(year, month, day, null);
}

/** "2026", or "20 26" as it is said. */
function yearIn(numbers: readonly number[]): number | null {
  const whole = numbers.find((value) => value >= 1900 && value <= 2199);
  if (whole !== undefined) return whole;
  const at = numbers.findIndex((value, i) => i > 0 && (value === 19 || value === 20));
  const rest = numbers[at + 1];
  return at < 0 || rest === undefined ? null : (numbers[at] ?? 0) * 100 + rest;
}

/** "twenty fifth" reaches us as `20 fifth`. */
function joinOrdinals(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    const ten = words[at - 1];
    const unit = ORDINALS.get(word);
    if ((word === '20' || word === '30') && (ORDINALS.get(words[at + 1] ?? '') ?? 10) < 10)
      return [];
    if ((ten === '20' || ten === '30') && unit !== undefined && unit < 10)
      return [String(Number(ten) + unit)];
    return [word];
  });
}

function monthOf(word: string): number | null {
  if (word.length < 3) return null;
  const at = MONTH_STARTS.indexOf(word.slice(0, 3));
  const isName = at >= 0 && (MONTHS[at] ?? '').toLowerCase().startsWith(word);
  return isName || word === 'sept' ? at + 1 : null;
}

function nextOf(today: Moment, month: number, day: number): Moment | null {
  const isPast = month < today.month || (month === today.month && day < today.day);
  return checked(today.year + Number(isPast), month, day, null);
}

function nextDayOfMonth(today: Moment, day: number): Moment | null {
  if (day >= today.day) return checked(today.year, today.month, day, null);
  const month = (today.month % 12) + 1;
  return checked(today.year + Number(month === 1), month, day, null);
}
