import type { VoiceEnv } from '../env.ts';
import { servicesOf } from '../services.ts';

/** Stores what a queue gave up on, to be read and replayed; the message's id makes it once. */
export async function consumeDeadLetters(batch: MessageBatch, env: VoiceEnv): Promise<void> {
  const services = servicesOf(env);
  await services.databases.platform.insertDeadLetters(
    batch.messages.map((message) => ({
      id: message.id,
      queue: batch.queue.replace(/-dead$/, ''),
      tenantId: tenantOf(message.body),
      body: message.body,
      at: services.clock.now(),
    })),
  );
  services.log('error', 'dead letters stored', {
    queue: batch.queue,
    count: batch.messages.length,
  });
}

function tenantOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const tenantId: unknown = Reflect.get(body, 'tenantId');
  return typeof tenantId === 'string' ? tenantId : null;
}
