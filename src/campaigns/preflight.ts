import { withinOuterBound } from '../dialing/window.ts';
import { scriptWarnings } from '../scripts/script-warnings.ts';
import type { TenantContext } from '../tenants/context.ts';
import { campaignFinish, meanCallSeconds } from './campaign-finish.ts';
import type { FinishEstimate } from './estimate-finish.ts';
import { findCampaign } from './find-campaign.ts';
import { countMissing, judgePeople, type PeopleJudged } from './preflight-people.ts';
import { type SpeechToMake, speechToMake } from './preflight-speech.ts';
import { type TextsToSend, textsToSend } from './preflight-texts.ts';
import type { ProgressDeps } from './read-progress.ts';

export type CampaignPreflight = Omit<PeopleJudged, 'minuteMicros' | 'segmentMicros'> & {
  readonly missing: readonly { readonly variable: string; readonly people: number }[];
  /** The campaign's hours and the outer bound have no minute in common: nobody is ever called. */
  readonly neverOpens: boolean;
  readonly speech: SpeechToMake;
  /** Of one call with everybody who may be called, all answered; retries come on top. */
  readonly callsUsd: number;
  /** Null for a campaign of calls. */
  readonly texts: (TextsToSend & { readonly usd: number }) | null;
  readonly finish: FinishEstimate;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
};

export type PreflightDeps = ProgressDeps & {
  /** Whether Twilio lets this number of ours send texts. */
  readonly canText: (e164: string) => Promise<boolean>;
};

const NO_SPEECH = { sentences: 0, chars: 0, seconds: 0, usd: 0 };

/** What would happen if the campaign were launched now; nothing is changed, made or called. */
export async function preflightCampaign(
  ctx: TenantContext,
  deps: PreflightDeps,
  input: { readonly campaignId: string },
): Promise<CampaignPreflight> {
  const own = await findCampaign(ctx, input.campaignId);
  const published = await deps.flows.get(ctx.db, own.scriptId, own.scriptVersion);
  const isByText = own.channel === 'sms';
  const [judged, missing, speech, texts, callSeconds, warnings] = await Promise.all([
    judgePeople(ctx, own, published.plan),
    countMissing(ctx, own, published.plan),
    isByText ? NO_SPEECH : speechToMake(ctx, own, published),
    isByText ? textsToSend(ctx, own, published, deps.canText) : null,
    meanCallSeconds(ctx, own.id),
    scriptWarnings(ctx, own.scriptId, own.scriptVersion),
  ]);
  const { minuteMicros, segmentMicros, ...people } = judged;
  const { in_another_campaign: elsewhere, dialled_too_often: often } = people.later;
  const contacts = people.callable + elsewhere + often;
  const minutes = Math.ceil(callSeconds / 60);
  return {
    ...people,
    missing,
    neverOpens: withinOuterBound(own, ctx.tenant.isOuterWindowLifted) === null,
    speech,
    callsUsd: isByText ? 0 : usdOf(minuteMicros * minutes),
    texts: texts && { ...texts, usd: usdOf(segmentMicros * texts.segments.mean) },
    finish: await campaignFinish(ctx, deps, own, {
      ...{ contacts, callSeconds },
      sentences: speech.sentences,
      segments: texts?.segments.mean,
    }),
    warnings,
  };
}

const usdOf = (micros: number): number => Math.round(micros / 10_000) / 100;
