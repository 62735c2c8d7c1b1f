import { primeCampaign } from '../../../src/campaigns/prime-campaign.ts';
import { notePrimeError, type PrimeJob } from '../../../src/campaigns/request-speech.ts';
import { makeScriptSpeech, type ScriptSpeechJob } from '../../../src/scripts/script-speech.ts';
import { DestinyError } from '../../../src/shared/errors.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Pages follow each other for so long; then the next message goes on, so no invocation runs long. */
const WORK_MS = 10_000;

export async function consumePrime(
  batch: MessageBatch<PrimeJob | ScriptSpeechJob>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  for (const message of batch.messages) {
    await ackOrRetry(services, [message], () => {
      const { body } = message;
      return 'campaignId' in body ? prime(services, env, body) : primeScript(services, body);
    });
  }
}

async function primeScript(services: VoiceServices, job: ScriptSpeechJob): Promise<void> {
  const ctx = await services.tenant(job.tenantId);
  const deps = { flows: services.flows, ensureSpeech: services.ensureSpeech(ctx) };
  await makeScriptSpeech(ctx, deps, job);
}

async function prime(services: VoiceServices, env: VoiceEnv, job: PrimeJob): Promise<void> {
  const ctx = await services.tenant(job.tenantId);
  const deps = { flows: services.flows, ensureSpeech: services.ensureSpeech(ctx) };
  try {
    const next = await primeCampaign(ctx, deps, job, services.clock.now() + WORK_MS);
    if (next !== null) await env.PRIME.send(next);
  } catch (error) {
    if (!(error instanceof DestinyError)) throw error;
    // Its lease ends with the note, so cron asks again within a minute; this message is used up.
    await notePrimeError(ctx, job.campaignId, error.message);
    services.log('error', 'speech not made', { campaignId: job.campaignId, error: error.message });
  }
}
