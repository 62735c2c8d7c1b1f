import { CONFIRM_STOP_KEYS, listenForStop } from './listen.ts';
import { matchSpeech } from './match.ts';
import { hasClass, nodeOf, REPEAT } from './names.ts';
import { emit, hangUp, type Run, say, setOutcome, update } from './run.ts';
import type { FlowInput, Trigger } from './types.ts';
import { goTo, isOpen, takeBranch } from './walk.ts';

/** A bare "stop" may mean the talking or the calls: ask, once a call. */
export function confirmStop(run: Run): void {
  update(run, { stop: 'asking' });
  say(run, run.flow.settings.texts.confirmStop, run.state.variables);
  listenForStop(run);
}

export function answerStop(run: Run, input: FlowInput): void {
  update(run, { stop: 'asked' });
  if (isYes(input)) optOut(run);
  else goTo(run, REPEAT);
}

/** The suppression comes first; where the talk ends is the author's to choose. */
export function optOut(run: Run): void {
  emit(run, { type: 'suppress', reason: 'caller_request' });
  setOutcome(run, 'opted_out');
  const own = nodeOf(run.flow, run.state.node)?.branches.find(
    (branch) => hasClass(branch, 'stop') && isOpen(run, branch),
  );
  if (own !== undefined) {
    takeBranch(run, own);
    return;
  }
  say(run, run.flow.settings.texts.stopped, run.state.variables);
  hangUp(run);
}

function isYes(input: FlowInput): boolean {
  if (input.type === 'dtmf') return input.digits === CONFIRM_STOP_KEYS.yes;
  return input.type === 'speech' && matchSpeech(STOP_ANSWERS, input.text)?.option === 0;
}

const named = (...names: readonly ('yes' | 'no' | 'stop')[]) => ({
  triggers: names.map((name): Trigger => ({ type: 'class', name })),
});
const STOP_ANSWERS = [named('yes', 'stop'), named('no')];
