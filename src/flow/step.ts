import { hear, hearNothing } from './hear.ts';
import { nodeOf } from './names.ts';
import { resume, takeResult } from './result.ts';
import { emit, type Run, record, sayGoodbye, startRun, update } from './run.ts';
import type { FlowState } from './state.ts';
import { answerStop } from './stop.ts';
import type { Effect, Flow, FlowInput } from './types.ts';
import { goTo } from './walk.ts';

const MAX_TURNS = 60;
/** Stands for what a sensitive capture heard. */
const WITHHELD = '[withheld]';
const MAX_CALL_MS = 10 * 60_000;

/**
 * One turn of a conversation. Pure: the same arguments give the same answer, so an effect with a
 * known id may be skipped when a turn is replayed.
 */
export function step(
  flow: Flow,
  state: FlowState,
  input: FlowInput,
  now: number,
): { readonly state: FlowState; readonly effects: readonly Effect[] } {
  if (state.isEnded) {
    return { state, effects: [{ type: 'hangup', id: { turn: state.turn, index: 0 } }] };
  }
  const run = startRun(flow, state, now);
  if (input.type === 'hangup') update(run, { isEnded: true });
  else if (state.node === '') goTo(run, entryFor(flow, input));
  else react(run, input, now);
  return { state: run.state, effects: run.effects };
}

function react(run: Run, input: Exclude<FlowInput, { type: 'hangup' }>, now: number): void {
  if (input.type === 'speech' || input.type === 'dtmf') recordInput(run, input);
  if (run.turn >= MAX_TURNS || isTooLong(run, now)) {
    sayGoodbye(run);
    return;
  }
  switch (input.type) {
    case 'speech':
    case 'dtmf':
      hear(run, input);
      break;
    case 'silence':
      if (run.state.stop === 'asking') answerStop(run, input);
      else hearNothing(run);
      break;
    case 'result':
      takeResult(run, input);
      break;
    // A carrier may ask for the first turn twice; the prompt is said again, nothing is done again.
    case 'start':
      resume(run);
      break;
  }
}

/** A machine may have answered before anything was said. */
function entryFor({ entry, settings }: Flow, input: FlowInput): string {
  const isMachine = input.type === 'result' && input.event === 'machine';
  return isMachine ? (settings.machine ?? entry) : entry;
}

const isTooLong = ({ state }: Run, now: number) =>
  state.channel !== 'sms' && now - state.startedAt >= MAX_CALL_MS;

function recordInput(run: Run, input: Extract<FlowInput, { type: 'speech' | 'dtmf' }>): void {
  const { node } = run.state;
  const isSpeech = input.type === 'speech';
  record(run, 'flow.input', { node, input: input.type });
  emit(run, {
    type: 'utterance',
    node,
    input: input.type,
    text: isSensitive(run) ? WITHHELD : isSpeech ? input.text : input.digits,
    confidence: isSpeech ? input.confidence : null,
  });
}

function isSensitive({ flow, state }: Run): boolean {
  const action = nodeOf(flow, state.node)?.action;
  return action?.type === 'capture' && action.isSensitive;
}
