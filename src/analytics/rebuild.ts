import type { TenantContext } from '../tenants/context.ts';
import { DAY_MS } from './definitions.ts';
import { checkDay, daysWithCalls, rebuildDay } from './recount.ts';

/** Work of one request; a request asks on where the last one stopped. */
const DAYS_AT_ONCE = 10;

export type Page = {
  readonly days: number;
  /** Rows that are not as the ledger says: found by a check, gone after a rebuild. */
  readonly wrong: number;
  /** First UTC day of the next page, epoch ms; null after the last. */
  readonly nextDay: number | null;
};

/** Counts days anew from the ledger, from the first that has calls or from `from`. */
export const rebuildFigures = (ctx: TenantContext, from: number | null): Promise<Page> =>
  eachDay(ctx, from, async (day) => {
    const wrong = await checkDay(ctx, day);
    if (wrong > 0) await rebuildDay(ctx, day);
    return wrong;
  });

/** Compares without changing. */
export const checkFigures = (ctx: TenantContext, from: number | null): Promise<Page> =>
  eachDay(ctx, from, (day) => checkDay(ctx, day));

async function eachDay(
  ctx: TenantContext,
  from: number | null,
  work: (day: number) => Promise<number>,
): Promise<Page> {
  const all = await daysWithCalls(ctx);
  if (all === null) return { days: 0, wrong: 0, nextDay: null };
  const start = Math.max(from === null ? all.first : from - (from % DAY_MS), all.first);
  let [days, wrong] = [0, 0];
  let day = start;
  for (; day <= all.last && days < DAYS_AT_ONCE; day += DAY_MS) {
    wrong += await work(day);
    days += 1;
  }
  return { days, wrong, nextDay: day <= all.last ? day : null };
}
