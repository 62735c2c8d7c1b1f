/** A day and a time of day as they stand on a calendar and a clock, in no zone. */
export type Moment = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight; null when only the day is known. */
  readonly minutes: number | null;
};

export const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
export const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

/** Reads `2026-12-25`, `2026-12-25T14:30Z` (moved to the zone) and `12/25/2026`; null for others. */
export function parseMoment(text: string, zone: string): Moment | null {
  const [, year, month, day, hour, minute, offset] = ISO.exec(text) ?? [];
  if (year === undefined) {
    const [, first, second, last] = AMERICAN.exec(text) ?? [];
    return checked(Number(last), Number(first), Number(second), null);
  }
  const minutes = hour === undefined ? null : Number(hour) * 60 + Number(minute);
  const moment = checked(Number(year), Number(month), Number(day), minutes);
  if (moment === null || offset === undefined) return moment;
  const at = Date.UTC(moment.year, moment.month - 1, moment.day, 0, moment.minutes ?? 0);
  return momentIn(zone, at - offsetMinutes(offset) * 60_000);
}

/** What calendar and clock show in a zone at a time; an unknown zone counts as UTC. */
export function momentIn(zone: string, now: number): Moment {
  const parts = new Map(
    formatter(zone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name) ?? 0);
  const minutes = (part('hour') % 24) * 60 + part('minute');
  return { year: part('year'), month: part('month'), day: part('day'), minutes };
}

export function weekdayOf({ year, month, day }: Moment): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

export function addDays({ year, month, day }: Moment, days: number): Moment {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  const moved = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
  return { ...moved, day: date.getUTCDate(), minutes: null };
}

/** `2026-12-25` */
export function isoDay({ year, month, day }: Moment): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

export const two = (value: number) => String(value).padStart(2, '0');

/** Null for a day that no calendar has. */
export function checked(
  year: number,
  month: number,
  day: number,
  minutes: number | null,
): Moment | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000;
  const isTime = minutes === null || (minutes >= 0 && minutes < 1440);
  return isReal && isTime ? { year, month, day, minutes } : null;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: isZone(zone) ? zone : 'UTC',
    calendar: 'gregory',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  FORMATTERS.set(zone, made);
  return made;
}

function offsetMinutes(text: string): number {
  if (text.toUpperCase() === 'Z') return 0;
  const digits = text.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith('-') ? -minutes : minutes;
}
