import { DestinyError } from '../shared/errors.ts';
import { DAY_MS } from './definitions.ts';
import type { Span } from './period.ts';

const MOST_DAYS = 92;

/** UTC days from `from` to `to`, both included; the last thirty when nothing is said. */
export function usageSpan(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): Span {
  const last = to === undefined ? now : Date.parse(to);
  const first = from === undefined ? last - 29 * DAY_MS : Date.parse(from);
  const span = { from: first - (first % DAY_MS), to: last - (last % DAY_MS) + DAY_MS };
  const days = (span.to - span.from) / DAY_MS;
  if (days >= 1 && days <= MOST_DAYS) return span;
  throw new DestinyError('invalid_input', `Ask for 1 to ${MOST_DAYS} days, the first one first.`);
}
