import type { ActionAst, NodeAst, ScriptAst, StatementAst, Template, TriggerAst } from './ast.ts';
import type { VariableContext } from './emit-sentence.ts';

export const START = 'start';
export const DEFAULT_LANGUAGE = 'en-US';

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
  return new Set(
    statements.flatMap((one) => (one.type === 'set' || one.type === 'capture' ? [one.path] : [])),
  );
}

export function triggersOf({ branches }: NodeAst): readonly TriggerAst[] {
  return branches.flatMap((branch) => branch.triggers);
}

/** Every text that holds variables, spoken or not. */
export function writtenTemplatesOf(script: ScriptAst): readonly Template[] {
  const statements = script.nodes.flatMap((node) => node.statements);
  const silent = statements.flatMap((one) => {
    if (one.type === 'sms') return [one.template];
    return one.type === 'webhook' ? [one.url] : [];
  });
  return [...templatesOf(script), ...silent];
}

/** The action that a node waits for; only the first can run. */
export function actionOf({ statements }: NodeAst): ActionAst | null {
  return statements.find(isAction) ?? null;
}

export function isAction(statement: StatementAst): statement is ActionAst {
  return ['capture', 'transfer', 'voicemail', 'webhook'].includes(statement.type);
}

/** Every text that may be spoken: retry prompts and speech lines. */
export function templatesOf({ header, nodes }: ScriptAst): readonly Template[] {
  const statements = nodes.flatMap((node) => node.statements);
  return [
    ...(header.retry?.prompts ?? []),
    ...statements.flatMap((one) => {
      if (one.type === 'speech') return [one.template];
      return one.type === 'capture' && one.reprompt !== null ? [one.reprompt] : [];
    }),
  ];
}

export function variableContext(script: ScriptAst): VariableContext {
  const { defaults, language = DEFAULT_LANGUAGE, timezone } = script.header;
  return { set: setPaths(script), defaults, language, timezone };
}
