import { promptsOf, requiredVariables } from '../flow/prompts.ts';
import { renderSentence } from '../flow/sentences.ts';
import type { Flow, Sentence, Variables } from '../flow/types.ts';

/** What a flow needs before it can be spoken to somebody. */
export type SpeechPlan = {
  /** Every reachable sentence whose words are known before the call. */
  readonly sentences: readonly Sentence[];
  readonly required: readonly string[];
};

/** One sentence with its final words. */
export type PlannedClip = { readonly text: string; readonly kind: 'static' | 'dynamic' };

export function speechPlan(flow: Flow): SpeechPlan {
  return {
    sentences: promptsOf(flow).filter((sentence) => sentence.kind !== 'live'),
    required: requiredVariables(flow),
  };
}

/** Variables that the flow needs and these values lack; an empty value is a missing one. */
export function missingVariables(plan: SpeechPlan, variables: Variables): string[] {
  return plan.required.filter((path) => {
    const value = variables[path];
    return value === undefined || value === null || value === '';
  });
}

/** Each distinct text that may be spoken to a person with these values. */
export function plannedClips(plan: SpeechPlan, variables: Variables): PlannedClip[] {
  const clips = new Map<string, PlannedClip>();
  for (const sentence of plan.sentences) {
    const { text } = renderSentence(sentence, variables);
    if (text === '' || clips.has(text)) continue;
    clips.set(text, { text, kind: sentence.kind === 'static' ? 'static' : 'dynamic' });
  }
  return [...clips.values()];
}
