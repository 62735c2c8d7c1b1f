import { matchSpeech, type SpeechOption } from './match.ts';
import type { ClassName } from './types.ts';

/** `wanted` is a class, or null for talk that must be refused. */
export type Labelled = { readonly text: string; readonly wanted: ClassName | null };
export type Mistake = Labelled & { readonly got: ClassName | null };
export type Quality = {
  readonly lines: number;
  readonly right: number;
  readonly yesNoRight: number;
  readonly flips: number;
  readonly offTopicAccepted: number;
  readonly falseOptOuts: number;
  readonly mistakes: readonly Mistake[];
};

export const optionsFor = (names: readonly ClassName[]): readonly SpeechOption[] =>
  names.map((name) => ({ triggers: [{ type: 'class', name }] }));

/** Shares are of the lines that the measure is about; a flip is a yes for a no or the reverse. */
export function measure(lines: readonly Labelled[], names: readonly ClassName[]): Quality {
  const options = optionsFor(names);
  const heard = lines.map((line) => {
    const match = matchSpeech(options, line.text);
    return { ...line, got: match === null ? null : (names[match.option] ?? null) };
  });
  const mistakes = heard.filter(({ wanted, got }) => wanted !== got);
  const share = (of: readonly Mistake[], part: (line: Mistake) => boolean) =>
    of.length === 0 ? 0 : of.filter(part).length / of.length;
  const isYesNo = (name: ClassName | null) => name === 'yes' || name === 'no';
  const yesNo = heard.filter(({ wanted }) => isYesNo(wanted));
  const offTopic = heard.filter(({ wanted }) => wanted === null);
  const onTopic = heard.filter(({ wanted }) => wanted !== null);
  return {
    lines: heard.length,
    right: share(onTopic, ({ wanted, got }) => wanted === got),
    yesNoRight: share(yesNo, ({ wanted, got }) => wanted === got),
    flips: share(yesNo, ({ wanted, got }) => isYesNo(got) && wanted !== got),
    offTopicAccepted: share(offTopic, ({ got }) => got !== null),
    falseOptOuts: mistakes.filter(({ got }) => got === 'stop').length,
    mistakes,
  };
}
