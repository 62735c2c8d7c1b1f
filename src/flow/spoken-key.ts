import type { SpeechMatch, SpeechOption } from './match.ts';
import type { Token } from './normalise.ts';
import { KEY_SOUNDS } from './words.ts';

const KEY_FRAMES = new Set(['press', 'pressing', 'option', 'number', 'key', 'choose', 'select']);

/** "One" or "option two" for a key; a number inside other talk is not a key. */
export function matchSpokenKey(
  options: readonly SpeechOption[],
  tokens: readonly Token[],
): SpeechMatch | null {
  const key = spokenKey(tokens);
  if (key === null) return null;
  const option = options.findIndex(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'key' && trigger.key === key),
  );
  return option < 0 ? null : { option, trigger: 'key', className: null, isWeak: false, score: 1 };
}

function spokenKey(tokens: readonly Token[]): string | null {
  const [only] = tokens;
  if (tokens.length === 1 && only !== undefined) return asKey(only.text);
  const frame = tokens.findIndex(({ text }) => KEY_FRAMES.has(text));
  const after = frame < 0 ? undefined : tokens[frame + 1];
  return after === undefined ? null : asKey(after.text);
}

function asKey(word: string): string | null {
  return /^\d+$/.test(word) ? word : (KEY_SOUNDS.get(word) ?? null);
}
