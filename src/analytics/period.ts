import { DAY_MS, QUARTER_MS } from './definitions.ts';

export const PERIODS = ['24h', '7d', '30d'] as const;
export type Period = (typeof PERIODS)[number];
const DAYS: Readonly<Record<Period, number>> = { '24h': 1, '7d': 7, '30d': 30 };

/** Calls that began in [from, to), epoch ms; both are bounds of quarters of an hour. */
export type Span = { readonly from: number; readonly to: number };

/** The period that ends with the quarter under way. */
export function spanOf(period: Period, now: number): Span {
  const to = now - (now % QUARTER_MS) + QUARTER_MS;
  return { from: to - DAYS[period] * DAY_MS, to };
}

/** The period of the same length before it. */
export const before = ({ from, to }: Span): Span => ({ from: from - (to - from), to: from });

/** UTC days that a span touches: the first one's start, and the end of the last. */
export function daysOf({ from, to }: Span): Span {
  return { from: from - (from % DAY_MS), to: to + ((DAY_MS - (to % DAY_MS)) % DAY_MS) };
}
