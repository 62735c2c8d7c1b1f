import { applyReport } from '../../../src/calls/apply-report.ts';
import { recordingId } from '../../../src/calls/recording-rows.ts';
import type { LedgerReport } from '../../../src/calls/session-types.ts';
import { tripBreaker } from '../../../src/campaigns/trip-breaker.ts';
import { noteSeen } from '../../../src/dialing/note-accepted.ts';
import { settleAttempt } from '../../../src/dialing/settle-attempt.ts';
import { textFromCall } from '../../../src/messaging/text-from-call.ts';
import { isTerminal } from '../../../src/telephony/status.ts';
import { wakeWebhooks } from '../../../src/webhooks/wake.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Calls are independent of each other; the reports of one call are applied in their order. */
export async function consumeLedger(
  batch: MessageBatch<LedgerReport>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  const byCall = Map.groupBy(batch.messages, ({ body }) => `${body.tenantId}/${body.callId}`);
  await Promise.all(
    [...byCall.values()].map((messages) =>
      ackOrRetry(services, messages, async () => {
        for (const message of messages) await applyToLedger(services, message.body);
      }),
    ),
  );
}

async function applyToLedger(services: VoiceServices, report: LedgerReport): Promise<void> {
  const ctx = await services.tenant(report.tenantId);
  await applyReport(ctx.db, ctx.events, report, services.clock.now());
  if (report.call.twilioSid !== null) {
    const carrier = async () => services.carrier(await services.account(ctx));
    await noteSeen(ctx, carrier, report.callId, report.call.twilioSid);
  }
  await wakeWebhooks(ctx, services.webhooks);
  await textFromCall(ctx, services.texts, report);
  for (const note of report.recordings.filter(({ status }) => status === 'completed')) {
    await services.copies.send({ tenantId: report.tenantId, recordingId: recordingId(note.sid) });
  }
  if (isTerminal(report.call.status)) {
    await settleAttempt(ctx, report);
    if (report.call.status === 'failed') await tripBreaker(ctx, services.cancels, report.callId);
    await services.pacer(ctx.tenant.carrierAccountSid).release([report.callId]);
  }
  await services.session(report.tenantId, report.callId).acknowledge(report.upTo);
}
