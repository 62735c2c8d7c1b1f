import type { NodeAst, ScriptAst } from './ast.ts';
import { type EmitContext, emitBranch, emitContext } from './emit-branch.ts';
import { emitSentences } from './emit-sentence.ts';
import { firstNodes } from './script-facts.ts';
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

/** Made of the script and not while emitting, since few ask for it. */
export function buildSourceMap(script: ScriptAst, lines: readonly Line[]): SourceMap {
  const context = emitContext(script);
  const place = (span: Span) => locate(lines, span);
  const entries = Array.from(firstNodes(script), ([name, node]): [string, NodeMap] => [
    name,
    {
      name: place(node.name.span),
      sentences: sentenceSpans(node, context).map(place),
      branches: node.branches
        .filter((branch) => emitBranch(branch, context) !== null)
        .map(({ span, target }) => ({ branch: place(span), target: place(target.span) })),
    },
  ]);
  return { nodes: Object.fromEntries(entries) };
}

function sentenceSpans({ statements }: NodeAst, context: EmitContext): readonly Span[] {
  return statements
    .flatMap((one) => (one.type === 'speech' ? emitSentences(one.template, context) : []))
    .map(({ span }) => span);
}
