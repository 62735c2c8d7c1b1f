import type { NodeAst, ScriptAst, Template, TriggerAst } from './ast.ts';

export const START = 'start';

/** The nodes that count: well named, and the first of each name. */
export function firstNodes({ nodes }: ScriptAst): ReadonlyMap<string, NodeAst> {
  const first = new Map<string, NodeAst>();
  for (const node of nodes) {
    if (node.isNamed && !first.has(node.name.text)) first.set(node.name.text, node);
  }
  return first;
}

/** Where a conversation begins; the first node when there is no `start`. */
export function entryOf(script: ScriptAst): string | null {
  const nodes = firstNodes(script);
  const [first] = nodes.keys();
  return nodes.has(START) ? START : (first ?? null);
}

export function setPaths({ nodes }: ScriptAst): ReadonlySet<string> {
  const statements = nodes.flatMap((node) => node.statements);
  return new Set(statements.flatMap((one) => (one.type === 'set' ? [one.path] : [])));
}

export function triggersOf({ branches }: NodeAst): readonly TriggerAst[] {
  return branches.flatMap((branch) => branch.triggers);
}

/** Every text that may be spoken: retry prompts and speech lines. */
export function templatesOf({ header, nodes }: ScriptAst): readonly Template[] {
  const statements = nodes.flatMap((node) => node.statements);
  return [
    ...(header.retry?.prompts ?? []),
    ...statements.flatMap((one) => (one.type === 'speech' ? [one.template] : [])),
  ];
}
