import { initialState } from '../flow/state.ts';
import type { Flow } from '../flow/types.ts';
import { segmentsOf } from '../messaging/segments.ts';
import { textTurn } from '../messaging/turn.ts';
import { missingVariables, type SpeechPlan } from '../scripts/speech-plan.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { CampaignRow } from './find-campaign.ts';
import { sampleOf } from './preflight-speech.ts';

export type TextsToSend = {
  /** Parts of one opening, which are billed and paced each: the mean, and the longest. */
  readonly segments: { readonly mean: number; readonly most: number };
  /** People whose opening has letters that take UCS-2, of those looked at. */
  readonly ucs2: number;
  readonly lookedAt: number;
  /** Whether every opening says how to hear no more. */
  readonly saysOptOut: boolean;
  /** One of them as it would be read. */
  readonly example: string | null;
  /** Numbers of the campaign that Twilio does not let send texts. */
  readonly cannotSend: readonly string[];
};

/** All are looked at in a campaign of no more; of a larger one so many, evenly. */
const SAMPLE = 500;
const OPT_OUT = /\b(?:stop|unsubscribe|opt[ -]?out)\b/i;

/** What the openings of a campaign's people come to; those whose values are missing are left out. */
export async function textsToSend(
  ctx: TenantContext,
  own: CampaignRow,
  published: { readonly flow: Flow; readonly plan: SpeechPlan },
  canText: (e164: string) => Promise<boolean>,
): Promise<TextsToSend> {
  const people = await sampleOf(ctx, own, SAMPLE);
  const complete = people.filter((values) => missingVariables(published.plan, values).length === 0);
  const openings = complete.map((values) => openingOf(published.flow, values, ctx.clock.now()));
  const sizes = openings.map((texts) => texts.map(segmentsOf));
  const counts = sizes.map((parts) => parts.reduce((sum, { segments }) => sum + segments, 0));
  const senders = [own.fromNumber, ...own.callerIds];
  const able = await Promise.all(senders.map(canText));
  return {
    segments: {
      mean: counts.reduce((sum, n) => sum + n, 0) / Math.max(1, counts.length),
      most: Math.max(0, ...counts),
    },
    ucs2: sizes.filter((parts) => parts.some(({ encoding }) => encoding === 'UCS-2')).length,
    lookedAt: complete.length,
    saysOptOut: openings.every((texts) => OPT_OUT.test(texts.join(' '))),
    example: openings[0]?.join('\n') ?? null,
    cannotSend: senders.filter((_, i) => able[i] === false),
  };
}

function openingOf(flow: Flow, values: Record<string, string>, now: number): readonly string[] {
  const state = initialState(flow, values, now, 'sms');
  return textTurn(flow, state, { type: 'start' }, now).texts;
}
