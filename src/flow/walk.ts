import { evaluate, isTruthy, lookUp } from './expression.ts';
import { isWithin } from './hours.ts';
import { listenTo } from './listen.ts';
import { END, isOfHours, listens, nodeOf, REPEAT } from './names.ts';
import { perform, sendText } from './perform.ts';
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
  const values = { ...run.state.variables, ...run.state.before };
  if (node !== null) speakBody(run, node, values, false);
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
  if (target !== REPEAT) {
    const branch = hoursBranch(run, node);
    if (branch !== undefined) return pass(run, name, branch);
    enter(run, name, node);
    return moveOn(run, node);
  }
  replay(run);
  // A request is not made twice, and without its reply there is nowhere to go.
  if (node.action?.type !== 'webhook') return moveOn(run, node);
  sayGoodbye(run);
  return null;
}

/** `open` and `closed` are asked on entry; whoever takes one hears nothing of this node. */
function hoursBranch(run: Run, node: FlowNode): Branch | undefined {
  const asked = node.branches.filter(({ triggers }) => triggers.some(isOfHours));
  if (asked.length === 0) return undefined;
  const { hours, timezone = 'UTC' } = run.flow.settings;
  const event = isWithin(hours, run.now, timezone) ? 'open' : 'closed';
  return asked.find(
    (branch) =>
      branch.triggers.some((trigger) => trigger.type === 'event' && trigger.event === event) &&
      isOpen(run, branch),
  );
}

function pass(run: Run, name: string, branch: Branch): string {
  update(run, { node: name, tries: 0 });
  record(run, 'flow.enter', { node: name });
  if (branch.outcome !== undefined) setOutcome(run, branch.outcome);
  return branch.target;
}

function enter(run: Run, name: string, node: FlowNode): void {
  update(run, { node: name, tries: 0 });
  record(run, 'flow.enter', { node: name });
  if (node.body.some((statement) => statement.type === 'say')) {
    update(run, { promptNode: name, before: valuesBefore(run, node) });
  }
  update(run, { variables: speakBody(run, node, run.state.variables, true) });
}

function valuesBefore(run: Run, node: FlowNode): Variables {
  const set = node.body.filter((statement) => statement.type === 'set');
  return Object.fromEntries(set.map(({ path }) => [path, lookUp(run.state.variables, path)]));
}

/** Runs the statements on a copy of the variables and returns the copy. */
function speakBody(run: Run, node: FlowNode, variables: Variables, isFirst: boolean): Variables {
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
      case 'sms':
        if (isFirst) sendText(run, statement.sentences, values);
        break;
    }
  }
  return values;
}

/** The next target, or null when the node listens or the conversation is over. */
function moveOn(run: Run, node: FlowNode): string | null {
  if (node.action !== undefined) {
    perform(run, node, node.action);
    return null;
  }
  if (listens(node)) {
    listenTo(run, node);
    return null;
  }
  if (node.branches.length === 0) return END;
  const plain = node.branches.filter(({ triggers }) => !triggers.some(isOfHours));
  const branch = plain.find((candidate) => isOpen(run, candidate));
  if (branch === undefined) {
    sayGoodbye(run);
    return null;
  }
  if (branch.outcome !== undefined) setOutcome(run, branch.outcome);
  return branch.target;
}
