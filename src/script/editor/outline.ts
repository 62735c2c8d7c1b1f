import { collectFaults } from '../diagnostic.ts';
import { parseScript } from '../parse.ts';
import { splitLines } from '../source.ts';

export type OutlineEntry = {
  readonly kind: 'node' | 'test';
  readonly name: string;
  /** Offsets: of the name, and of everything that belongs to it. */
  readonly from: number;
  readonly to: number;
  readonly blockFrom: number;
  readonly blockTo: number;
};

/** The nodes and tests of a script in their order, for a sidebar and for folding. */
export function outlineOf(source: string): readonly OutlineEntry[] {
  const lines = splitLines(source);
  const { nodes, tests } = parseScript(lines, collectFaults().report);
  const starts = [
    ...nodes.map(({ name }) => ({ kind: 'node' as const, name: name.text, ...name.span })),
    ...tests.map(({ name, span }) => ({ kind: 'test' as const, name, ...span })),
  ].sort((left, right) => left.start - right.start);
  return starts.map(({ kind, name, start, end }, i) => {
    const blockFrom = lines.findLast((line) => line.start <= start)?.start ?? 0;
    const next = starts[i + 1]?.start ?? source.length;
    const nextLine = lines.findLast((line) => line.start <= next)?.start ?? 0;
    const rest = source.slice(blockFrom, i + 1 < starts.length ? nextLine : source.length);
    return {
      kind,
      name,
      from: start,
      to: end,
      blockFrom,
      blockTo: blockFrom + rest.trimEnd().length,
    };
  });
}
