import { sweepMessage } from '../../src/messaging/sweep-message.ts';
import type { VoiceEnv } from './env.ts';
import type { VoiceServices } from './services.ts';

const SWEEP_LIMIT = 500;

/** Looks after texts that were forgotten, and conversations in which nobody answers. */
export async function sweepTexts(services: VoiceServices, env: VoiceEnv): Promise<void> {
  const now = services.clock.now();
  const { platform } = services.databases;
  for (const { tenantId, id } of await platform.expiredMessages(now, SWEEP_LIMIT)) {
    await apart(services, async () => {
      const ctx = await services.tenant(tenantId);
      const carrier = async () => services.messages(await services.account(ctx));
      const job = await sweepMessage(ctx, { carrier }, id);
      if (job !== null) await env.MESSAGES.send(job);
    });
  }
  for (const { tenantId, id: threadId } of await platform.silentThreads(now, SWEEP_LIMIT)) {
    await apart(services, () => env.MESSAGES.send({ tenantId, type: 'silence', threadId }));
  }
}

/** One tenant's fault must not keep the sweeper from the others. */
async function apart(services: VoiceServices, work: () => Promise<unknown>): Promise<void> {
  await work().catch((error) =>
    services.log('error', 'text not looked after', { error: String(error) }),
  );
}
