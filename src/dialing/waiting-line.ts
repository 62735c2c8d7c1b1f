type Key = { readonly tenantId: string; readonly campaignId: string };
type Place = Key & { readonly since: number };
type Waiter = Place & { readonly askedAt: number };

/** Plain data: who was refused for want of room, and when each tenant had a slot last. */
export type WaitingLine = {
  readonly waiters: readonly Waiter[];
  readonly servedAt: Readonly<Record<string, number>>;
};

export const NOBODY_WAITS: WaitingLine = { waiters: [], servedAt: {} };

/** Who has not asked for so long has gone. */
const GONE_MS = 2500;
const REMEMBER_MS = 120_000;

/**
 * Where more campaigns have work than there are slots to book, whoever asks at the right moment
 * would take them all. How many are before this one: of the tenant that was served longest ago, or
 * of its own and waiting longer.
 */
export function placeInLine(line: WaitingLine, own: Key, now: number): number {
  const place = { ...own, since: sinceOf(line, own) ?? now };
  return line.waiters.filter(
    (other) => !isSame(other, own) && other.askedAt > now - GONE_MS && isBefore(line, other, place),
  ).length;
}

export function noteAsked(
  line: WaitingLine,
  own: Key,
  isServed: boolean,
  now: number,
): WaitingLine {
  const { tenantId, campaignId } = own;
  const since = sinceOf(line, own) ?? now;
  const others = line.waiters.filter(
    (other) => !isSame(other, own) && other.askedAt > now - GONE_MS,
  );
  if (!isServed) {
    return { ...line, waiters: [...others, { tenantId, campaignId, since, askedAt: now }] };
  }
  const remembered = Object.entries(line.servedAt).filter(([, at]) => at > now - REMEMBER_MS);
  return { waiters: others, servedAt: { ...Object.fromEntries(remembered), [tenantId]: now } };
}

function isBefore(line: WaitingLine, one: Place, other: Place): boolean {
  const [first, second] = [one, other].map(({ tenantId }) => line.servedAt[tenantId] ?? 0);
  return first === second ? one.since < other.since : (first ?? 0) < (second ?? 0);
}

function sinceOf(line: WaitingLine, own: Key): number | undefined {
  return line.waiters.find((waiter) => isSame(waiter, own))?.since;
}

function isSame(one: Key, other: Key): boolean {
  return one.tenantId === other.tenantId && one.campaignId === other.campaignId;
}
