import type { VoiceServices } from '../services.ts';

const LONGEST_DELAY_SECONDS = 600;

/** Acks what was done; what failed comes again, each time later, and in the end to the dead letters. */
export async function ackOrRetry<T>(
  services: VoiceServices,
  messages: readonly Message<T>[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
    for (const message of messages) message.ack();
  } catch (error) {
    services.log('error', 'queue work failed', { messages: messages.length, error: String(error) });
    for (const message of messages) {
      message.retry({ delaySeconds: Math.min(2 ** message.attempts, LONGEST_DELAY_SECONDS) });
    }
  }
}
