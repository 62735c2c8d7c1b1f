import { eq } from 'drizzle-orm';
import { call } from '../db/schema/call.ts';
import { verifySignature } from '../telephony/signature.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { SessionWebhook } from './session-types.ts';
import { NEW_SESSION } from './session-types.ts';
import { takeStatus } from './status-report.ts';

/**
 * A webhook for a call whose session is emptied or never was. True when the tenant's account signed
 * it and the ledger knows the call; a status is then kept as an event and moves nothing.
 */
export async function lateWebhook(
  ctx: TenantContext,
  input: { readonly callId: string; readonly webhook: SessionWebhook; readonly authToken: string },
): Promise<boolean> {
  const { callId, webhook, authToken } = input;
  if (!verifySignature(webhook, authToken)) return false;
  const known = await ctx.db.findOne(call, eq(call.id, callId));
  if (known === null || webhook.kind.type !== 'status') return true;
  const now = ctx.clock.now();
  const [seen] = takeStatus(NEW_SESSION, webhook.params, now).events;
  if (seen === undefined) return true;
  const sequence = Number(seen.detail.sequence ?? 0);
  await ctx.events.append([{ ...seen, callId, source: 'late', n: sequence }]);
  return true;
}
