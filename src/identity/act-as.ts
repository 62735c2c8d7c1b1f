import { eq } from 'drizzle-orm';
import { actAs } from '../db/schema/access.ts';
import { DestinyError } from '../shared/errors.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { Person } from './actor.ts';

const ACT_AS_MS = 3_600_000;

/** Lets a superadmin work in a tenant as its admin: this session only, and for an hour. */
export async function startActingAs(
  ctx: TenantContext,
  actor: Person,
  reason: string,
): Promise<{ readonly tenantId: string; readonly expiresAt: number }> {
  const now = ctx.clock.now();
  const expiresAt = now + ACT_AS_MS;
  await ctx.control.run(ctx.control.raw(START, actor.sessionId, actor.id, reason, now, expiresAt));
  return { tenantId: ctx.tenant.id, expiresAt };
}

export async function stopActingAs(ctx: TenantContext, actor: Person): Promise<void> {
  const ended = await ctx.control.run(
    ctx.control.delete(actAs, eq(actAs.sessionId, actor.sessionId)),
  );
  if (ended === 0) throw new DestinyError('not_found', 'You do not act in this tenant now.');
}

const START = `INSERT INTO act_as (tenant_id, session_id, user_id, reason, started_at, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (tenant_id, session_id) DO UPDATE SET
  reason = excluded.reason, started_at = excluded.started_at, expires_at = excluded.expires_at`;
