import { type Capture, type Heard, readCapture } from './capture/read-capture.ts';
import { type Choice, choicesIn } from './choices.ts';
import { matchSpeech, type SpeechMatch } from './match.ts';
import { hasClass, nodeOf } from './names.ts';
import { failAction } from './result.ts';
import { failTry, takeEvent } from './retry.ts';
import { type Run, record, update } from './run.ts';
import { answerStop, confirmStop, optOut } from './stop.ts';
import type { FlowInput } from './types.ts';
import { goTo, isOpen, takeBranch } from './walk.ts';

type Words = Extract<FlowInput, { type: 'speech' | 'dtmf' }>;

export function hear(run: Run, input: Words): void {
  if (run.state.stop === 'asking') answerStop(run, input);
  else {
    const action = nodeOf(run.flow, run.state.node)?.action;
    if (action !== undefined && action.type !== 'capture') failAction(run);
    else if (input.type === 'dtmf') hearKeys(run, input.digits, action);
    else hearSpeech(run, input.text, action);
  }
}

export function hearNothing(run: Run): void {
  const action = nodeOf(run.flow, run.state.node)?.action;
  if (action === undefined || action.type === 'capture') failTry(run, 'no-input');
  else failAction(run);
}

function choicesOf(run: Run): readonly Choice[] {
  const branches = nodeOf(run.flow, run.state.node)?.branches ?? [];
  return choicesIn(
    branches.filter((branch) => isOpen(run, branch)),
    run.flow.settings.globals,
  );
}

function hearKeys(run: Run, digits: string, capture: Capture | undefined): void {
  const choice = choicesOf(run).find(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'key' && trigger.key === digits),
  );
  if (choice === undefined) {
    keep(run, capture, { type: 'dtmf', text: digits });
    return;
  }
  recordMatch(run, choice, { trigger: 'key', score: 1 });
  // A key is never said by mistake: the branch that honours "stop calling" suppresses at once.
  if (hasClass(choice, 'stop')) optOut(run);
  else follow(run, choice);
}

function hearSpeech(run: Run, text: string, capture: Capture | undefined): void {
  const choices = choicesOf(run);
  const match = matchSpeech(choices, text);
  const choice = match === null ? undefined : choices[match.option];
  const isOptOut = match?.className === 'stop' && !match.isWeak;
  // Any words are a text, so there a command comes first; elsewhere a value that fits does.
  const isValueFirst = capture !== undefined && capture.kind !== 'text' && !isOptOut;
  const heard = { type: 'speech', text } as const;
  if (isValueFirst && captured(run, capture, heard) !== null) {
    keep(run, capture, heard);
    return;
  }
  if (match === null || choice === undefined) {
    keep(run, capture, heard);
    return;
  }
  recordMatch(run, choice, match);
  if (match.className !== 'stop') follow(run, choice);
  else if (match.isWeak && run.state.stop === 'none') confirmStop(run);
  else optOut(run);
}

/** A value that fits is kept and the node's `ok` follows; anything else is a failed try. */
function keep(run: Run, capture: Capture | undefined, heard: Heard): void {
  const value = capture === undefined ? null : captured(run, capture, heard);
  if (capture === undefined || value === null) {
    failTry(run, 'no-match');
    return;
  }
  const { path, kind } = capture;
  update(run, { variables: { ...run.state.variables, [path]: value } });
  record(run, 'flow.capture', { node: run.state.node, variable: path, kind });
  takeEvent(run, 'ok');
}

function captured(run: Run, capture: Capture, heard: Heard) {
  return readCapture(capture, heard, run.now, run.flow.settings.timezone ?? 'UTC');
}

function follow(run: Run, choice: Choice): void {
  if (choice.isGlobal) goTo(run, choice.target);
  else takeBranch(run, choice);
}

function recordMatch(
  run: Run,
  choice: Choice,
  match: Pick<SpeechMatch, 'trigger' | 'score'>,
): void {
  record(run, 'flow.match', {
    node: run.state.node,
    target: choice.target,
    trigger: choice.isGlobal ? 'global' : match.trigger,
    score: match.score,
  });
}
