/** Local minutes after midnight in which a call may start: [opens, closes). */
export type CallingWindow = { readonly opensMinute: number; readonly closesMinute: number };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** A common hour comes back each day; a change of clocks may hide one day's. */
const SEARCH_DAYS = 3;
/** 47 CFR 64.1200(c)(1): no solicitation before 8:00 or after 21:00 at the called party's place. */
export const OUTER_WINDOW: CallingWindow = { opensMinute: 8 * 60, closesMinute: 21 * 60 };
export const DEFAULT_WINDOW: CallingWindow = { opensMinute: 9 * 60, closesMinute: 20 * 60 };

/** The campaign's window inside the outer bound; null when nothing of it is left. */
export function withinOuterBound(window: CallingWindow, isLifted: boolean): CallingWindow | null {
  if (isLifted) return window;
  const opensMinute = Math.max(window.opensMinute, OUTER_WINDOW.opensMinute);
  const closesMinute = Math.min(window.closesMinute, OUTER_WINDOW.closesMinute);
  return opensMinute < closesMinute ? { opensMinute, closesMinute } : null;
}

/** Open in every zone the called person may be in. */
export function isWindowOpen(at: number, zones: readonly string[], window: CallingWindow): boolean {
  return zones.every((zone) => isOpenIn(at, zone, window));
}

/**
 * `at` when the window is open then, else the next moment it is open in every zone; null when the
 * zones lie so far apart that it never is.
 */
export function moveIntoWindow(
  at: number,
  zones: readonly string[],
  window: CallingWindow,
): number | null {
  const latest = at + SEARCH_DAYS * DAY_MINUTES * MINUTE_MS;
  for (let moved = at; moved <= latest; ) {
    const closed = zones.find((zone) => !isOpenIn(moved, zone, window));
    if (closed === undefined) return moved;
    moved = Math.max(nextOpening(moved, closed, window), moved + MINUTE_MS);
  }
  return null;
}

function isOpenIn(at: number, timeZone: string, window: CallingWindow): boolean {
  const { minute } = localTime(at, timeZone);
  return minute >= window.opensMinute && minute < window.closesMinute;
}

function nextOpening(at: number, timeZone: string, window: CallingWindow): number {
  const local = localTime(at, timeZone);
  const daysAhead = local.minute < window.opensMinute ? 0 : 1;
  return utcOf(
    local.midnightAsUtc + daysAhead * DAY_MINUTES * MINUTE_MS,
    window.opensMinute,
    timeZone,
  );
}

/** When the window that is open at `at` closes; a window until midnight closes with the day. */
export function closesAfter(at: number, timeZone: string, window: CallingWindow): number {
  return utcOf(localTime(at, timeZone).midnightAsUtc, window.closesMinute, timeZone);
}

/** The local calendar date, YYYY-MM-DD. */
export function localDay(at: number, timeZone: string): string {
  return new Date(localTime(at, timeZone).midnightAsUtc).toISOString().slice(0, 10);
}

/** When the next local day begins. */
export function nextMidnight(at: number, timeZone: string): number {
  return utcOf(localTime(at, timeZone).midnightAsUtc + DAY_MINUTES * MINUTE_MS, 0, timeZone);
}

export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

type LocalTime = {
  /** The local calendar day's midnight, written as if it were UTC. */
  readonly midnightAsUtc: number;
  readonly minute: number;
};

function localTime(at: number, timeZone: string): LocalTime {
  const asUtc = at + offsetMs(at, timeZone);
  const midnightAsUtc = Math.floor(asUtc / (DAY_MINUTES * MINUTE_MS)) * DAY_MINUTES * MINUTE_MS;
  return { midnightAsUtc, minute: Math.floor((asUtc - midnightAsUtc) / MINUTE_MS) };
}

/** Twice, because the first guess may lie on the other side of a daylight-saving change. */
function utcOf(midnightAsUtc: number, minute: number, timeZone: string): number {
  const wanted = midnightAsUtc + minute * MINUTE_MS;
  const guess = wanted - offsetMs(wanted, timeZone);
  return wanted - offsetMs(guess, timeZone);
}

export function offsetMs(at: number, timeZone: string): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const asUtc = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return asUtc - Math.floor(at / 1000) * 1000;
}

/** Making a formatter costs far more than using it, and there are few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, made);
  return made;
}
