import { type Cue, compileCues, firstWords, NUMBER } from './cue.ts';
import { MAYBE, NO, YES } from './cues-answer.ts';
import { AGENT, LATER, NEUTRAL, STOP, WRONG_NUMBER } from './cues-call.ts';
import { BYE, CANCEL, REPEAT } from './cues-command.ts';
import { CLASS_NAMES } from './names.ts';
import type { ClassName } from './types.ts';

export type CueTexts = { readonly strong: string; readonly weak: string };

/** `className` is null for what only keeps other cues from counting. */
export type ClassCue = Cue & { readonly className: ClassName | null };

/** Every cue that can begin with this word. Built once: the cues are the same for all scripts. */
export function cuesFrom(word: string): readonly ClassCue[] {
  index ??= buildIndex();
  return index.get(word) ?? [];
}

/** What a carrier is told to expect for a class. */
export function classHints(name: ClassName): readonly string[] {
  return HINTS[name].split('|').filter((hint) => hint !== '');
}

const TEXTS: Readonly<Record<ClassName, CueTexts>> = {
  yes: YES,
  no: NO,
  maybe: MAYBE,
  repeat: REPEAT,
  agent: AGENT,
  stop: STOP,
  cancel: CANCEL,
  bye: BYE,
  later: LATER,
  wrong_number: WRONG_NUMBER,
  number: { strong: '', weak: '' },
};

const HINTS: Readonly<Record<ClassName, string>> = {
  yes: 'yes|yeah|yep|correct',
  no: 'no|nope|no thanks|not really',
  maybe: "maybe|I don't know|I'm not sure|it depends",
  repeat: 'repeat that|say that again|pardon|what did you say',
  agent: 'agent|representative|operator|speak to someone',
  stop: 'stop calling|take me off your list|do not call|unsubscribe',
  cancel: 'cancel|never mind|forget it|call it off',
  bye: 'goodbye|bye|see you later|have a good day',
  later: 'call me back|call later|not a good time|another time',
  wrong_number: 'wrong number|wrong person|you have the wrong number',
  number: '',
};

let index: Map<string, ClassCue[]> | null = null;

function buildIndex(): Map<string, ClassCue[]> {
  const built = new Map<string, ClassCue[]>();
  const add = ({ strong, weak }: CueTexts, className: ClassName | null) => {
    for (const cue of [...compileCues(strong, false), ...compileCues(weak, true)]) {
      for (const word of firstWords(cue)) {
        const known = built.get(word);
        if (known === undefined) built.set(word, [{ ...cue, className }]);
        else known.push({ ...cue, className });
      }
    }
  };
  for (const name of CLASS_NAMES) add(TEXTS[name], name);
  add(NEUTRAL, null);
  return built;
}

export const ANY_NUMBER: ClassCue = {
  className: 'number',
  isWeak: false,
  slots: [{ words: new Set([NUMBER]), isOptional: false }],
};
