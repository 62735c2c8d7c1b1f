import { type CancelJob, cancelCalls } from '../../../src/dialing/cancel-calls.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Asks the carrier to take calls back; asking twice changes nothing. */
export async function consumeCancel(batch: MessageBatch<CancelJob>, env: VoiceEnv): Promise<void> {
  const services = servicesOf(env);
  await Promise.all(
    batch.messages.map((message) =>
      ackOrRetry(services, [message], async () => {
        const { tenantId, callIds } = message.body;
        const ctx = await services.tenant(tenantId);
        const carrier = await services.carrier(await services.account(ctx));
        await cancelCalls(ctx, carrier, callIds);
      }),
    ),
  );
}
