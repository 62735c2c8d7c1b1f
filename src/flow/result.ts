import { nodeOf, REPEAT } from './names.ts';
import { pathsUsed } from './paths.ts';
import { perform } from './perform.ts';
import { eventBranch, takeEvent } from './retry.ts';
import { type Run, update } from './run.ts';
import type { Action, FlowEventName, FlowInput, Value } from './types.ts';
import { goTo, takeBranch } from './walk.ts';

type Result = Extract<FlowInput, { type: 'result' }>;

/** What came of an action, or of listening for a machine. */
export function takeResult(run: Run, { event, data }: Result): void {
  const { settings } = run.flow;
  const action = nodeOf(run.flow, run.state.node)?.action;
  if (action?.type === 'webhook') keepReply(run, event === 'ok' ? (data ?? {}) : {});
  const own = event === 'machine' ? eventBranch(run, event) : undefined;
  if (own !== undefined) takeBranch(run, own);
  else if (event === 'machine' && settings.machine !== undefined) {
    goTo(run, settings.machine === run.state.node ? REPEAT : settings.machine);
  } else takeEvent(run, event);
}

/** The carrier has lost its place: what the node waits for is asked for again. */
export function resume(run: Run): void {
  const node = nodeOf(run.flow, run.state.node);
  if (node?.action === undefined || node.action.type === 'capture') goTo(run, REPEAT);
  else perform(run, node, node.action);
}

/** Words or keys while an action runs can only mean that nothing came of it. */
export function failAction(run: Run): void {
  const action = nodeOf(run.flow, run.state.node)?.action;
  takeEvent(run, action === undefined ? 'no-input' : FAILURES[action.type]);
}

const FAILURES: Readonly<Record<Action['type'], FlowEventName>> = {
  capture: 'no-input',
  transfer: 'failed',
  voicemail: 'no-input',
  webhook: 'error',
};

/** Only what the flow speaks or tests is kept, and nothing of an earlier reply. */
function keepReply(run: Run, data: Readonly<Record<string, Value>>): void {
  const used = pathsUsed(run.flow);
  const kept = Object.entries(run.state.variables).filter(([path]) => !path.startsWith('webhook.'));
  const reply = Object.entries(data)
    .map(([key, value]): [string, Value] => [`webhook.${key}`, value])
    .filter(([path]) => used.has(path));
  update(run, { variables: Object.fromEntries([...kept, ...reply]) });
}
