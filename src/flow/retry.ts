import { listenTo, listenToCapture } from './listen.ts';
import { nodeOf } from './names.ts';
import { type Run, record, say, sayGoodbye, update } from './run.ts';
import type { FlowEventName } from './types.ts';
import { goTo, isOpen, replay, takeBranch } from './walk.ts';

/** Next retry text and the prompt again; after the last, the ways out in their order. */
export function failTry(run: Run, event: 'no-input' | 'no-match'): void {
  const node = nodeOf(run.flow, run.state.node);
  const capture = node?.action?.type === 'capture' ? node.action : null;
  const { retry } = run.flow.settings;
  const tries = run.state.tries + 1;
  update(run, { tries });
  record(run, event === 'no-input' ? 'flow.no_input' : 'flow.no_match', {
    node: run.state.node,
    tries,
  });
  // Nobody is asked again by text message: the question still stands in the thread.
  const isSilentText = run.state.channel === 'sms' && event === 'no-input';
  if (node === null || tries > retry.count || isSilentText) {
    takeEvent(run, capture !== null && event === 'no-match' ? 'invalid' : event);
    return;
  }
  if (capture?.reprompt !== undefined) {
    say(run, capture.reprompt, run.state.variables);
    listenToCapture(run, node, capture);
    return;
  }
  const prompt = retry.prompts[Math.min(tries, retry.prompts.length) - 1] ?? [];
  say(run, prompt, run.state.variables);
  replay(run);
  if (capture === null) listenTo(run, node);
  else listenToCapture(run, node, capture);
}

/** The node's branch for the event, else its `else`, else the fallback node, else goodbye. */
export function takeEvent(run: Run, event: FlowEventName): void {
  const branch = eventBranch(run, event) ?? eventBranch(run, 'else') ?? plainBranch(run);
  const { fallback } = run.flow.settings;
  if (branch !== undefined) takeBranch(run, branch);
  else if (fallback === null || fallback === run.state.node) sayGoodbye(run);
  else goTo(run, fallback);
}

/** What follows an action whatever came of it. */
function plainBranch(run: Run) {
  const node = nodeOf(run.flow, run.state.node);
  if (node?.action === undefined) return undefined;
  return node.branches.find(
    ({ triggers, ...branch }) => triggers.length === 0 && isOpen(run, { triggers, ...branch }),
  );
}

export function eventBranch(run: Run, event: FlowEventName) {
  return nodeOf(run.flow, run.state.node)?.branches.find(
    (branch) =>
      branch.triggers.some((trigger) => trigger.type === 'event' && trigger.event === event) &&
      isOpen(run, branch),
  );
}
