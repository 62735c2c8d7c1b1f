import type { EnsureSpeech } from '../audio/ensure-speech.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { FlowCache } from './flow-cache.ts';
import { plannedClips } from './speech-plan.ts';

/** Message of the `prime` queue: the literal sentences of a version that answers a number. */
export type ScriptSpeechJob = {
  readonly tenantId: string;
  readonly scriptId: string;
  readonly version: number;
};

/** Makes what every caller of a script may hear. Repeating it makes nothing anew. */
export async function makeScriptSpeech(
  ctx: TenantContext,
  deps: { readonly flows: FlowCache; readonly ensureSpeech: EnsureSpeech },
  job: Pick<ScriptSpeechJob, 'scriptId' | 'version'>,
): Promise<void> {
  const { flow, plan } = await deps.flows.get(ctx.db, job.scriptId, job.version);
  const clips = plannedClips(plan, {}).filter(({ kind }) => kind === 'static');
  const made = await deps.ensureSpeech({ settings: flow.settings, clips, priority: 'publish' });
  if (made.failure !== null) throw made.failure;
}
