import { type Line, type Location, locate, type Span } from './source.ts';

/** Where the parts of a flow stand in the text; for the editor, never part of the hash. */
export type SourceMap = { readonly nodes: Readonly<Record<string, NodeMap>> };
export type NodeMap = {
  readonly name: Location;
  /** One for each sentence the node says, in order. */
  readonly sentences: readonly Location[];
  /** One for each branch, in order. */
  readonly branches: readonly { readonly branch: Location; readonly target: Location }[];
};

export type NodeSpans = {
  readonly name: Span;
  readonly sentences: readonly Span[];
  readonly branches: readonly { readonly branch: Span; readonly target: Span }[];
};

export function buildSourceMap(
  nodes: ReadonlyMap<string, NodeSpans>,
  lines: readonly Line[],
): SourceMap {
  const entries = [...nodes].map(([name, spans]): [string, NodeMap] => [
    name,
    {
      name: locate(lines, spans.name),
      sentences: spans.sentences.map((span) => locate(lines, span)),
      branches: spans.branches.map(({ branch, target }) => ({
        branch: locate(lines, branch),
        target: locate(lines, target),
      })),
    },
  ]);
  return { nodes: Object.fromEntries(entries) };
}
