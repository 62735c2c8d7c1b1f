import { listenTo } from './listen.ts';
import { nodeOf } from './names.ts';
import { type Run, record, say, sayGoodbye, update } from './run.ts';
import type { FlowEventName } from './types.ts';
import { goTo, isOpen, replay, takeBranch } from './walk.ts';

/** Next retry text and the prompt again; after the last, the ways out in their order. */
export function failTry(run: Run, event: 'no-input' | 'no-match'): void {
  const { retry } = run.flow.settings;
  const node = nodeOf(run.flow, run.state.node);
  const tries = run.state.tries + 1;
  update(run, { tries });
  record(run, event === 'no-input' ? 'flow.no_input' : 'flow.no_match', {
    node: run.state.node,
    tries,
  });
  if (node === null || tries > retry.count) {
    takeEvent(run, event);
    return;
  }
  const prompt = retry.prompts[Math.min(tries, retry.prompts.length) - 1] ?? [];
  say(run, prompt, run.state.variables);
  replay(run);
  listenTo(run, node);
}

/** The node's branch for the event, else its `else`, else the fallback node, else goodbye. */
export function takeEvent(run: Run, event: FlowEventName): void {
  const branch = eventBranch(run, event) ?? eventBranch(run, 'else');
  const { fallback } = run.flow.settings;
  if (branch !== undefined) takeBranch(run, branch);
  else if (fallback === null || fallback === run.state.node) sayGoodbye(run);
  else goTo(run, fallback);
}

function eventBranch(run: Run, event: FlowEventName) {
  return nodeOf(run.flow, run.state.node)?.branches.find(
    (branch) =>
      branch.triggers.some((trigger) => trigger.type === 'event' && trigger.event === event) &&
      isOpen(run, branch),
  );
}
