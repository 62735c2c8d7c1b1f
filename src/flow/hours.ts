import { isoDay, momentIn, weekdayOf } from './speak/calendar.ts';
import type { Hours } from './types.ts';

/** Whether a time lies within opening hours, by the clocks of a zone. */
export function isWithin(hours: Hours | undefined, now: number, zone: string): boolean {
  if (hours === undefined) return true;
  const moment = momentIn(zone, now);
  const { minutes } = moment;
  if (minutes === null || hours.except.includes(isoDay(moment))) return false;
  const day = weekdayOf(moment);
  return hours.open.some(
    ({ days, from, to }) => days.includes(day) && from <= minutes && minutes < to,
  );
}
