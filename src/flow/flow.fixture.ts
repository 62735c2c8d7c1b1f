import { normalisePhrase } from './normalise.ts';
import type {
  Branch,
  Flow,
  FlowNode,
  FlowSettings,
  Sentence,
  Statement,
  Trigger,
} from './types.ts';

/** Text as a sentence; `{name}` is a variable, `{name|there}` one with a default. */
export function sentenceOf(text: string, kind?: Sentence['kind']): Sentence {
  const parts = text.split(/(\{[^}]+\})/).filter((part) => part !== '');
  const isStatic = parts.length === 1 && !text.startsWith('{');
  return {
    kind: kind ?? (isStatic ? 'static' : 'dynamic'),
    parts: parts.map((part) => {
      if (!part.startsWith('{')) return { type: 'text', text: part };
      const [path = '', spare] = part.slice(1, -1).split('|');
      const variable = { type: 'variable', path } as const;
      return spare === undefined ? variable : { ...variable, default: spare };
    }),
  };
}

export const say = (...texts: string[]): Statement => ({
  type: 'say',
  sentences: texts.map((text) => sentenceOf(text)),
});

/** `1` is a key, `@yes` a class, `=else` an event, anything else a phrase. */
export function on(triggers: string, target: string, more: Partial<Branch> = {}): Branch {
  const list = triggers === '' ? [] : triggers.split(',').map((word) => triggerOf(word.trim()));
  return { triggers: list, target, ...more };
}

export function nodeOf(body: readonly Statement[], ...branches: readonly Branch[]): FlowNode {
  return { body, branches, bargeIn: true };
}

export function flowOf(
  nodes: Readonly<Record<string, FlowNode>>,
  settings: Partial<FlowSettings> = {},
): Flow {
  return {
    flowVersion: 1,
    entry: 'start',
    nodes,
    settings: {
      language: 'en-US',
      voice: 'en-US-Chirp3-HD-Leda',
      speed: 1,
      timeoutMs: 6000,
      retry: { count: 2, prompts: [[sentenceOf('Sorry?')], [sentenceOf('Once more.')]] },
      fallback: null,
      globals: { repeat: true, stop: true, agent: null },
      texts: {
        goodbye: [sentenceOf('Goodbye.')],
        confirmStop: [sentenceOf('Stop calling you?')],
        stopped: [sentenceOf('No more calls.')],
      },
      ...settings,
    },
  };
}

function triggerOf(word: string): Trigger {
  if (/^\d+$|^[*#]$/.test(word)) return { type: 'key', key: word };
  if (word.startsWith('@')) return { type: 'class', name: word.slice(1) } as Trigger;
  if (word.startsWith('=')) return { type: 'event', event: word.slice(1) } as Trigger;
  return { type: 'phrase', text: word, tokens: normalisePhrase(word) };
}
