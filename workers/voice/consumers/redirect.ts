import {
  type RedirectJob,
  type ResumeJob,
  redirectCall,
  resumeTalk,
} from '../../../src/calls/redirect-call.ts';
import type { VoiceEnv } from '../env.ts';
import { servicesOf, type VoiceServices } from '../services.ts';
import { ackOrRetry } from './settle.ts';

/** Sends live calls to the turn that their session waits with, and takes callers off hold. */
export async function consumeRedirect(
  batch: MessageBatch<RedirectJob | ResumeJob>,
  env: VoiceEnv,
): Promise<void> {
  const services = servicesOf(env);
  await Promise.all(
    batch.messages.map((message) =>
      ackOrRetry(services, [message], () => {
        const job = message.body;
        return 'nonce' in job ? redirect(services, job) : resume(services, job);
      }),
    ),
  );
}

async function redirect(services: VoiceServices, job: RedirectJob): Promise<void> {
  const ctx = await services.tenant(job.tenantId);
  const carrier = await services.carrier(await services.account(ctx));
  const session = services.session(job.tenantId, job.callId);
  const end = await redirectCall({ carrier, urls: services.urls, session }, job);
  if (end === 'try_again') throw new Error('Twilio did not take the redirection');
}

async function resume(services: VoiceServices, job: ResumeJob): Promise<void> {
  const ctx = await services.tenant(job.tenantId);
  await resumeTalk(await services.conferences(await services.account(ctx)), job);
}
