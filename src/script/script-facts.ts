import type { ActionAst, NodeAst, ScriptAst, StatementAst, Template } from './ast.ts';
import type { VariableContext } from './emit-sentence.ts';

export const START = 'start';
export const DEFAULT_LANGUAGE = 'en-US';

/** Many rules ask the same of a script, which no longer changes when it is parsed. */
function once<T>(find: (script: ScriptAst) => T): (script: ScriptAst) => T {
  const known = new WeakMap<ScriptAst, { readonly found: T }>();
  return (script) => {
    const earlier = known.get(script);
    if (earlier !== undefined) return earlier.found;
    const found = find(script);
    known.set(script, { found });
    return found;
  };
}

/** The nodes that count: well named, and the first of each name. */
export const firstNodes = once(({ nodes }): ReadonlyMap<string, NodeAst> => {
  const first = new Map<string, NodeAst>();
  for (const node of nodes) {
    if (node.isNamed && !first.has(node.name.text)) first.set(node.name.text, node);
  }
  return first;
});

/** Where a conversation begins; the first node when there is no `start`. */
export function entryOf(script: ScriptAst): string | null {
  const nodes = firstNodes(script);
  const [first] = nodes.keys();
  return nodes.has(START) ? START : (first ?? null);
}

export const setPaths = once(({ nodes }): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const { statements } of nodes) {
    for (const one of statements) {
      if (one.type === 'set' || one.type === 'capture') paths.add(one.path);
    }
  }
  return paths;
});

/** Every text that holds variables, spoken or not. */
export function writtenTemplatesOf(script: ScriptAst): readonly Template[] {
  const silent: Template[] = [];
  for (const { statements } of script.nodes) {
    for (const one of statements) {
      if (one.type === 'sms') silent.push(one.template);
      else if (one.type === 'webhook') silent.push(one.url);
    }
  }
  return [...templatesOf(script), ...silent];
}

/** The action that a node waits for; only the first can run. */
export function actionOf({ statements }: NodeAst): ActionAst | null {
  return statements.find(isAction) ?? null;
}

const ACTIONS: ReadonlySet<string> = new Set(['capture', 'transfer', 'voicemail', 'webhook']);

export function isAction(statement: StatementAst): statement is ActionAst {
  return ACTIONS.has(statement.type);
}

/** Every text that may be spoken: retry prompts and speech lines. */
export const templatesOf = once(({ header, nodes }): readonly Template[] => {
  const templates: Template[] = [...(header.retry?.prompts ?? [])];
  for (const { statements } of nodes) {
    for (const one of statements) {
      if (one.type === 'speech') templates.push(one.template);
      else if (one.type === 'capture' && one.reprompt !== null) templates.push(one.reprompt);
    }
  }
  return templates;
});

export function variableContext(script: ScriptAst): VariableContext {
  const { defaults, language = DEFAULT_LANGUAGE, timezone } = script.header;
  return { set: setPaths(script), defaults, language, timezone };
}
