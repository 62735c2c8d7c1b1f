import { copyRecording, type RecordingJob } from '../../../src/recordings/copy-recording.ts';
import { wakeWebhooks } from '../../../src/webhooks/wake.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Copies recordings one after the other: each is a stream of its own. */
export async function consumeRecordings(
  batch: MessageBatch<RecordingJob>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  for (const message of batch.messages) {
    await ackOrRetry(services, [message], async () => {
      const ctx = await services.tenant(message.body.tenantId);
      const source = await services.recordings(await services.account(ctx));
      const { store } = services;
      const isDone = await copyRecording(ctx, { source, store }, message.body.recordingId);
      await wakeWebhooks(ctx, services.webhooks);
      if (!isDone) throw new Error('Twilio has the recording not ready yet');
    });
  }
}
