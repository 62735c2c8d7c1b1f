import { variablesOf } from './sentences.ts';
import type { Action, Expression, Flow, Sentence, Statement } from './types.ts';

/** Every variable a flow speaks, tests or sets. */
export function pathsUsed(flow: Flow): ReadonlySet<string> {
  const paths = new Set(pathsSet(flow));
  for (const node of Object.values(flow.nodes)) {
    for (const statement of node.body) addStatementPaths(paths, statement);
    if (node.action !== undefined) addActionPaths(paths, node.action);
    for (const { guard } of node.branches) if (guard) addExpressionPaths(paths, guard);
  }
  for (const sentence of settingSentences(flow)) addSentencePaths(paths, sentence);
  return paths;
}

export function pathsSet(flow: Flow): ReadonlySet<string> {
  const nodes = Object.values(flow.nodes);
  const set = nodes.flatMap(({ body }) =>
    body.flatMap((statement) => (statement.type === 'set' ? [statement.path] : [])),
  );
  const captured = nodes.flatMap(({ action }) => (action?.type === 'capture' ? [action.path] : []));
  return new Set([...set, ...captured]);
}

/** The sentences that belong to no node. */
export function settingSentences(flow: Flow): readonly Sentence[] {
  const { retry, texts } = flow.settings;
  return [...retry.prompts.flat(), ...texts.goodbye, ...texts.confirmStop, ...texts.stopped];
}

function addStatementPaths(paths: Set<string>, statement: Statement): void {
  if (statement.type === 'set') addExpressionPaths(paths, statement.value);
  if (statement.type !== 'say' && statement.type !== 'sms') return;
  for (const sentence of statement.sentences) addSentencePaths(paths, sentence);
}

function addActionPaths(paths: Set<string>, action: Action): void {
  if (action.type === 'webhook') {
    for (const variable of variablesOf(action.url)) paths.add(variable.path);
  }
  if (action.type !== 'capture') return;
  for (const sentence of action.reprompt ?? []) addSentencePaths(paths, sentence);
}

function addSentencePaths(paths: Set<string>, sentence: Sentence): void {
  for (const variable of variablesOf(sentence.parts)) paths.add(variable.path);
}

function addExpressionPaths(paths: Set<string>, expression: Expression): void {
  if (expression.type === 'path') paths.add(expression.path);
  if (expression.type === 'not') addExpressionPaths(paths, expression.operand);
  if (expression.type !== 'binary') return;
  addExpressionPaths(paths, expression.left);
  addExpressionPaths(paths, expression.right);
}
