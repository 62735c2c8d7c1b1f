import { offsetMs } from './window.ts';

const DAY_MS = 86_400_000;

/**
 * The instant of a local wall time such as `2026-03-08T09:00`; null when it is none. A time that
 * the clocks skip moves forward by what they skip; of one that comes twice the first is taken.
 */
export function instantOf(wallTime: string, timeZone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wallTime)) return null;
  const asUtc = Date.parse(`${wallTime}:00Z`);
  // Date.parse takes the 31st of a short month for the next one's first.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(wallTime)) return null;
  const before = asUtc - offsetMs(asUtc - DAY_MS, timeZone);
  const after = asUtc - offsetMs(asUtc + DAY_MS, timeZone);
  const real = [before, after].filter((at) => at + offsetMs(at, timeZone) === asUtc);
  return real.length === 0 ? before : Math.min(...real);
}
