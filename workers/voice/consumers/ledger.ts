import { applyReports } from '../../../src/calls/apply-report.ts';
import { recordingId } from '../../../src/calls/recording-rows.ts';
import type { LedgerReport } from '../../../src/calls/session-types.ts';
import { tripBreaker } from '../../../src/campaigns/trip-breaker.ts';
import { type AttemptBehind, attemptsBehind } from '../../../src/dialing/attempts-behind.ts';
import { noteSeen } from '../../../src/dialing/note-accepted.ts';
import { settleAttempt } from '../../../src/dialing/settle-attempt.ts';
import { textFromCall } from '../../../src/messaging/text-from-call.ts';
import { isTerminal } from '../../../src/telephony/status.ts';
import type { TenantContext } from '../../../src/tenants/context.ts';
import { wakeWebhooks } from '../../../src/webhooks/wake.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

type ReportMessage = Message<LedgerReport>;

/**
 * A tenant's reports are written together, in their order: a database commits one thing at a time.
 * What follows from each is done call by call, and one that fails holds nobody else up.
 */
export async function consumeLedger(
  batch: MessageBatch<LedgerReport>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  const byTenant = Map.groupBy(batch.messages, ({ body }) => body.tenantId);
  await Promise.all(
    [...byTenant].map(([tenantId, messages]) => consumeOfTenant(services, tenantId, messages)),
  );
}

async function consumeOfTenant(
  services: VoiceServices,
  tenantId: string,
  messages: readonly ReportMessage[],
): Promise<void> {
  const all = messages.map(({ body }) => body);
  const together = await write(services, tenantId, all).catch((error) => {
    services.log('error', 'reports are written one by one', { tenantId, error: String(error) });
    return null;
  });
  const byCall = Map.groupBy(messages, ({ body }) => body.callId);
  await Promise.all(
    [...byCall.values()].map((own) =>
      ackOrRetry(services, own, async () => {
        for (const { body } of own) {
          await follow(services, together ?? (await write(services, tenantId, [body])), body);
        }
      }),
    ),
  );
}

type Written = {
  readonly ctx: TenantContext;
  readonly attempts: ReadonlyMap<string, AttemptBehind>;
};

async function write(
  services: VoiceServices,
  tenantId: string,
  reports: readonly LedgerReport[],
): Promise<Written> {
  const ctx = await services.tenant(tenantId);
  await applyReports(ctx.db, ctx.events, reports, services.clock.now());
  const over = reports.filter(({ call }) => isTerminal(call.status)).map(({ callId }) => callId);
  if (over.length > 0) await services.pacer(ctx.tenant.carrierAccountSid).release(over);
  await wakeWebhooks(ctx, services.webhooks);
  const callIds = [...new Set(reports.map(({ callId }) => callId))];
  return { ctx, attempts: await attemptsBehind(ctx, callIds) };
}

async function follow(
  services: VoiceServices,
  { ctx, attempts }: Written,
  report: LedgerReport,
): Promise<void> {
  const { callId, call } = report;
  const behind = attempts.get(callId);
  if (behind?.isUnseen && call.twilioSid !== null) {
    const carrier = async () => services.carrier(await services.account(ctx));
    await noteSeen(ctx, carrier, callId, call.twilioSid);
  }
  await textFromCall(ctx, services.texts, report);
  for (const note of report.recordings.filter(({ status }) => status === 'completed')) {
    await services.copies.send({ tenantId: ctx.tenant.id, recordingId: recordingId(note.sid) });
  }
  if (isTerminal(call.status) && behind?.isOpen) await settleAttempt(ctx, report);
  if (call.status === 'failed') await tripBreaker(ctx, services.cancels, callId);
  await services.session(ctx.tenant.id, callId).acknowledge(report.upTo);
}
