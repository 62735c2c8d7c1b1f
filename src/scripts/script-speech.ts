import type { EnsureSpeech } from '../audio/ensure-speech.ts';
import type { TenantContext } from '../tenants/context.ts';
import { recordingNotice } from '../tenants/said-of-tenant.ts';
import type { FlowCache, PublishedFlow } from './flow-cache.ts';
import { type PlannedClip, plannedClips } from './speech-plan.ts';

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
  const published = await deps.flows.get(ctx.db, job.scriptId, job.version);
  const clips = literalClips(published, ctx.tenant);
  const { flow } = published;
  const made = await deps.ensureSpeech({ settings: flow.settings, clips, priority: 'publish' });
  if (made.failure !== null) throw made.failure;
}

/** What every caller of a script hears; the notice too, though not every number's calls are recorded. */
export function literalClips(
  { plan }: Pick<PublishedFlow, 'plan'>,
  tenant: Parameters<typeof recordingNotice>[0],
): PlannedClip[] {
  const literal = plannedClips(plan, {}).filter(({ kind }) => kind === 'static');
  return [...literal, { text: recordingNotice(tenant), kind: 'static' }];
}
