import { CHARS_A_SECOND } from '../flow/prompt-seconds.ts';
import { renderSentence, variablesOf } from '../flow/sentences.ts';
import { usdOfSpeech } from '../flow/speech-estimate.ts';
import type { Flow, Sentence } from '../flow/types.ts';
import { resolveVariables } from '../scripts/resolve-variables.ts';
import type { SpeechPlan } from '../scripts/speech-plan.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { CampaignRow } from './find-campaign.ts';
import { neededValues, peopleOf, VALUE } from './preflight-people.ts';

export type SpeechToMake = {
  /** Requests to Google at most: what an earlier campaign had made is not made again. */
  readonly sentences: number;
  readonly chars: number;
  /** Of sound. */
  readonly seconds: number;
  readonly usd: number;
};

/** So many people tell how long the words of all are. */
const SAMPLE = 200;

/** Counts the different texts that a campaign's people are to hear, and how much sound they are. */
export async function speechToMake(
  ctx: TenantContext,
  own: CampaignRow,
  published: { readonly flow: Flow; readonly plan: SpeechPlan },
): Promise<SpeechToMake> {
  const { sentences } = published.plan;
  const said = resolveVariables(ctx.tenant, own.variables, {});
  const fixed = textsOf(sentences.filter(isFixed), [said]);
  const varying = sentences.filter((sentence) => !isFixed(sentence));
  const sample = varying.length === 0 ? [] : await sampleOf(ctx, own, SAMPLE);
  const sizes = new Map<string, Promise<number>>();
  const made = await Promise.all(
    varying.map(async (sentence) => {
      const names = pathsOf(sentence);
      const key = names.join();
      const count = sizes.get(key) ?? countValues(ctx, own, names);
      sizes.set(key, count);
      return { count: await count, chars: meanChars(sentence, sample) };
    }),
  );
  const total = made.reduce((sum, one) => sum + one.count, fixed.length);
  const chars = made.reduce(
    (sum, one) => sum + one.count * one.chars,
    fixed.reduce((sum, text) => sum + text.length, 0),
  );
  return {
    sentences: total,
    chars: Math.round(chars),
    seconds: Math.round(chars / CHARS_A_SECOND / published.flow.settings.speed),
    usd: usdOfSpeech(chars),
  };
}

const isFixed = (sentence: Sentence) => sentence.kind === 'static';

function pathsOf({ parts }: Sentence): readonly string[] {
  return [...new Set(variablesOf(parts).map(({ path }) => path))].sort();
}

function textsOf(sentences: readonly Sentence[], people: readonly Record<string, string>[]) {
  const texts = sentences.flatMap((one) => people.map((who) => renderSentence(one, who).text));
  return [...new Set(texts)].filter((text) => text !== '');
}

function meanChars(sentence: Sentence, people: readonly Record<string, string>[]): number {
  const chars = people.reduce((sum, who) => sum + renderSentence(sentence, who).text.length, 0);
  return people.length === 0 ? 0 : chars / people.length;
}

/** Evenly by id: the first that were imported may not be like the rest. */
export async function sampleOf(
  ctx: TenantContext,
  own: CampaignRow,
  size: number,
): Promise<Record<string, string>[]> {
  const rows = await ctx.db.rows<{ fields: string }>(
    ctx.db.raw(
      `WITH person AS (${peopleOf(own)}),
      numbered AS (SELECT fields, row_number() OVER (ORDER BY id) AS n, count(*) OVER () AS people
        FROM person)
      SELECT fields FROM numbered WHERE n % max(1, people / ?3) = 0 LIMIT ?3`,
      own.id,
      size,
    ),
  );
  return rows.map(({ fields }) => resolveVariables(ctx.tenant, own.variables, JSON.parse(fields)));
}

/** In how many different ways these variables are filled. */
async function countValues(
  ctx: TenantContext,
  own: CampaignRow,
  names: readonly string[],
): Promise<number> {
  const [row] = await ctx.db.rows<{ n: number }>(
    ctx.db.raw(
      `WITH person AS (${peopleOf(own)})
      SELECT count(DISTINCT (SELECT json_group_array(${VALUE}) FROM json_each(?3))) AS n
      FROM person`,
      own.id,
      JSON.stringify(neededValues(ctx, own, names)),
    ),
  );
  return row?.n ?? 0;
}
