import { evaluate, isTruthy, lookUp } from './expression.ts';
import { listenTo } from './listen.ts';
import { END, listens, nodeOf, REPEAT } from './names.ts';
import { emit, hangUp, type Run, record, say, sayGoodbye, setOutcome, update } from './run.ts';
import type { Branch, FlowNode, Variables } from './types.ts';

/** More than any conversation needs; a loop that never listens ends here. */
const MAX_NODES_A_STEP = 200;

/** Goes from node to node until one listens or the conversation ends. */
export function goTo(run: Run, target: string): void {
  let next: string | null = target;
  while (next !== null) next = visit(run, next);
}

export function takeBranch(run: Run, branch: Branch): void {
  if (branch.outcome !== undefined) setOutcome(run, branch.outcome);
  goTo(run, branch.target);
}

/** Says the prompt again and nothing else: no `@set` happens twice. */
export function replay(run: Run): void {
  const node = nodeOf(run.flow, run.state.promptNode);
  if (node !== null) speakBody(run, node, { ...run.state.variables, ...run.state.before });
}

export function isOpen(run: Run, branch: Branch): boolean {
  return branch.guard === undefined || isTruthy(evaluate(branch.guard, run.state.variables));
}

function visit(run: Run, target: string): string | null {
  run.nodesEntered += 1;
  if (target === END) {
    hangUp(run);
    return null;
  }
  const name = target === REPEAT ? run.state.node : target;
  const node = nodeOf(run.flow, name);
  if (node === null || run.nodesEntered > MAX_NODES_A_STEP) {
    sayGoodbye(run);
    return null;
  }
  if (target === REPEAT) replay(run);
  else enter(run, name, node);
  return moveOn(run, node);
}

function enter(run: Run, name: string, node: FlowNode): void {
  update(run, { node: name, tries: 0 });
  record(run, 'flow.enter', { node: name });
  if (node.body.some((statement) => statement.type === 'say')) {
    update(run, { promptNode: name, before: valuesBefore(run, node) });
  }
  update(run, { variables: speakBody(run, node, run.state.variables) });
}

function valuesBefore(run: Run, node: FlowNode): Variables {
  const set = node.body.filter((statement) => statement.type === 'set');
  return Object.fromEntries(set.map(({ path }) => [path, lookUp(run.state.variables, path)]));
}

/** Runs the statements on a copy of the variables and returns the copy. */
function speakBody(run: Run, node: FlowNode, variables: Variables): Variables {
  const sentences = node.body.reduce(
    (sum, statement) => sum + (statement.type === 'say' ? statement.sentences.length : 0),
    0,
  );
  if (sentences > 0) record(run, 'flow.prompt', { node: run.state.promptNode, sentences });
  let values = variables;
  for (const statement of node.body) {
    switch (statement.type) {
      case 'say':
        say(run, statement.sentences, values);
        break;
      case 'set':
        values = { ...values, [statement.path]: evaluate(statement.value, values) };
        break;
      case 'pause':
        emit(run, { type: 'pause', ms: statement.ms });
        break;
    }
  }
  return values;
}

/** The next target, or null when the node listens or the conversation is over. */
function moveOn(run: Run, node: FlowNode): string | null {
  if (listens(node)) {
    listenTo(run, node);
    return null;
  }
  if (node.branches.length === 0) return END;
  const branch = node.branches.find((candidate) => isOpen(run, candidate));
  if (branch === undefined) {
    sayGoodbye(run);
    return null;
  }
  if (branch.outcome !== undefined) setOutcome(run, branch.outcome);
  return branch.target;
}
