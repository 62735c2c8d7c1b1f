/** A campaign and who it belongs to. */
export type Claimant = { readonly tenantId: string };

/**
 * Lets the campaigns of one account fill the queue, no more than `total` attempts waiting in all:
 * tenants in equal shares, a tenant's campaigns in equal parts of its own. What one does not need
 * the others may have. `claim` raises a campaign's waiting attempts to a limit and answers how many
 * wait now.
 */
export async function claimFairly<C extends Claimant>(
  campaigns: readonly C[],
  total: number,
  claim: (campaign: C, limit: number) => Promise<number>,
): Promise<void> {
  const tenants = [...Map.groupBy(campaigns, (one) => one.tenantId).values()];
  await share(tenants, total, (own, limit) => share(own, limit, claim));
}

/** Calls that one place may see between two claims, most of them unanswered. */
const CALLS_A_PLACE = 12;

/** So many of a campaign's attempts may wait: what its own limits let go out until the next claim. */
export function mostWaiting(
  own: { readonly maxCallsPerSecond: number | null; readonly maxConcurrentCalls: number | null },
  aheadSeconds: number,
): number {
  const paced = own.maxCallsPerSecond ?? Number.POSITIVE_INFINITY;
  const placed = own.maxConcurrentCalls ?? Number.POSITIVE_INFINITY;
  return Math.min(Math.ceil(paced * aheadSeconds), placed * CALLS_A_PLACE);
}

/** `give` raises what an item has to a limit and answers what it has now; answers the sum. */
async function share<T>(
  items: readonly T[],
  total: number,
  give: (item: T, limit: number) => Promise<number>,
): Promise<number> {
  const has = new Map<T, number>();
  let hungry = items;
  for (let left = total; hungry.length > 0 && left >= 1; left = total - sum(has.values())) {
    // What does not divide goes one by one to the first.
    const more = Math.max(1, Math.floor(left / hungry.length));
    const still: T[] = [];
    const turns = Math.floor(left / more);
    for (const item of hungry.slice(0, turns)) {
      const limit = (has.get(item) ?? 0) + more;
      const now = await give(item, limit);
      has.set(item, now);
      if (now >= limit) still.push(item);
    }
    // Whose turn did not come is still hungry, and comes first.
    hungry = [...hungry.slice(turns), ...still];
  }
  return sum(has.values());
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
