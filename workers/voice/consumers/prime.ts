import { primePage } from '../../../src/campaigns/prime-page.ts';
import { notePrimeError, type PrimeJob } from '../../../src/campaigns/request-speech.ts';
import { DestinyError } from '../../../src/shared/errors.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** One page of contacts a message; the next page is the next message, so no invocation runs long. */
export async function consumePrime(batch: MessageBatch<PrimeJob>, env: VoiceEnv): Promise<void> {
  const services = servicesOf(env);
  for (const message of batch.messages) {
    await ackOrRetry(services, [message], () => prime(services, env, message.body));
  }
}

async function prime(services: VoiceServices, env: VoiceEnv, job: PrimeJob): Promise<void> {
  const ctx = await services.tenant(job.tenantId);
  const deps = { flows: services.flows, ensureSpeech: services.ensureSpeech(ctx) };
  try {
    const progress = await primePage(ctx, deps, job.campaignId);
    if (progress === 'more') await env.PRIME.send(job);
  } catch (error) {
    if (error instanceof DestinyError) await notePrimeError(ctx, job.campaignId, error.message);
    throw error;
  }
}
