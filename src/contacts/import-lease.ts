import type { TenantContext } from '../tenants/context.ts';
import { findImport } from './find-import.ts';

/** The message of the `imports` queue; a second copy finds the lease changed. */
export type ImportJob = {
  readonly tenantId: string;
  readonly importId: string;
  readonly lease: number;
};
export type ImportQueue = { send(job: ImportJob): Promise<unknown> };

/** Who works on an import says so again within this time, or cron asks anew. */
const LEASE_MS = 60_000;

/** Never the value before it, however fast one follows the other. */
export function nextLease(before: number | null, now: number): number {
  return Math.max(now + LEASE_MS, (before ?? 0) + 1);
}

/** Asks again for an import that nobody is at, after its lease ran out. */
export async function resumeImport(
  ctx: TenantContext,
  queue: ImportQueue,
  importId: string,
): Promise<void> {
  const own = await findImport(ctx, importId);
  const now = ctx.clock.now();
  if (own.leaseUntil === null || own.leaseUntil > now) return;
  const lease = nextLease(own.leaseUntil, now);
  const taken = await ctx.db.run(ctx.db.raw(TAKE_LEASE, own.id, lease, own.leaseUntil));
  if (taken > 0) await queue.send({ tenantId: ctx.tenant.id, importId: own.id, lease });
}

const TAKE_LEASE = `UPDATE contact_import SET lease_until = ?3
WHERE tenant_id = ?1 AND id = ?2 AND lease_until = ?4`;
