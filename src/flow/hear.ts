import { type Choice, choicesIn } from './choices.ts';
import { matchSpeech, type SpeechMatch } from './match.ts';
import { hasClass, nodeOf } from './names.ts';
import { failTry } from './retry.ts';
import { type Run, record } from './run.ts';
import { answerStop, confirmStop, optOut } from './stop.ts';
import type { FlowInput } from './types.ts';
import { goTo, isOpen, takeBranch } from './walk.ts';

type Words = Extract<FlowInput, { type: 'speech' | 'dtmf' }>;

export function hear(run: Run, input: Words): void {
  if (run.state.stop === 'asking') answerStop(run, input);
  else if (input.type === 'dtmf') hearKeys(run, input.digits);
  else hearSpeech(run, input.text);
}

function choicesOf(run: Run): readonly Choice[] {
  const branches = nodeOf(run.flow, run.state.node)?.branches ?? [];
  return choicesIn(
    branches.filter((branch) => isOpen(run, branch)),
    run.flow.settings.globals,
  );
}

function hearKeys(run: Run, digits: string): void {
  const choice = choicesOf(run).find(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'key' && trigger.key === digits),
  );
  if (choice === undefined) {
    failTry(run, 'no-match');
    return;
  }
  recordMatch(run, choice, { trigger: 'key', score: 1 });
  // A key is never said by mistake: the branch that honours "stop calling" suppresses at once.
  if (hasClass(choice, 'stop')) optOut(run);
  else follow(run, choice);
}

function hearSpeech(run: Run, text: string): void {
  const choices = choicesOf(run);
  const match = matchSpeech(choices, text);
  const choice = match === null ? undefined : choices[match.option];
  if (match === null || choice === undefined) {
    failTry(run, 'no-match');
    return;
  }
  recordMatch(run, choice, match);
  if (match.className !== 'stop') follow(run, choice);
  else if (match.isWeak && run.state.stop === 'none') confirmStop(run);
  else optOut(run);
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
