import type { Action } from '../callee/persona.ts';
import type { Gather } from './ast.ts';
import type { Line } from './line.ts';
import { playPrompt } from './prompt.ts';

/** How long a pause `speechTimeout="auto"` takes for the end of an utterance. */
const AUTO_PAUSE_MS = 1000;
const MS_PER_WORD = 350;

export type GatherResult =
  | { readonly kind: 'digits'; readonly digits: string; readonly finishedOnKey: string }
  | { readonly kind: 'speech'; readonly speech: string; readonly confidence: number }
  | { readonly kind: 'none' };

/** Plays the nested prompts, lets the callee answer and says what the carrier caught. */
export async function runGather(
  gather: Gather,
  line: Line,
  base: string | undefined,
): Promise<GatherResult> {
  for (const prompt of gather.prompts) if (prompt.verb === 'Say') line.heard.push(prompt.text);
  const heard = line.heard.splice(0).join(' ');
  const plan = line.callee.answer(heard);
  const startedAt = line.elapsedMs();
  const wallAt = line.wallNow();
  const usable = isUsable(plan.action, gather);
  const early = plan.bargeInMs === undefined ? undefined : startedAt + plan.bargeInMs;
  const mayCut = usable && (gather.bargeIn || plan.action === 'hang-up');

  let isCut = false;
  for (const prompt of gather.prompts) {
    const context = { base, insideGather: true, cutAtMs: mayCut ? early : undefined };
    isCut = (await playPrompt(prompt, line, context)) === 'cut';
    if (isCut) break;
  }
  line.heard.length = 0;
  const promptEndedAt = line.elapsedMs();
  const answersAt = early ?? promptEndedAt + plan.afterMs;
  // What is pressed or said over a prompt that cannot be interrupted is lost.
  const isLost = !isCut && answersAt < promptEndedAt;
  const closesAt = promptEndedAt + gather.timeoutSeconds * 1000;

  let result: GatherResult = { kind: 'none' };
  if (!usable || isLost || (!isCut && answersAt > closesAt)) {
    await line.wait(closesAt - promptEndedAt);
  } else {
    await line.wait(answersAt - promptEndedAt);
    result = await take(plan.action, gather, line);
  }
  line.record(
    'gather',
    {
      turn: line.callee.turn,
      input: [gather.dtmf && 'dtmf', gather.speech && 'speech'].filter(Boolean).join(' '),
      heard,
      result,
      isBargeIn: isCut,
      isLost,
      promptMs: Math.round(promptEndedAt - startedAt),
      tookMs: Math.round(line.elapsedMs() - startedAt),
    },
    wallAt,
  );
  return result;
}

function isUsable(action: Action, gather: Gather): boolean {
  if (action === 'silence') return false;
  if (action === 'hang-up') return true;
  return 'press' in action ? gather.dtmf : gather.speech;
}

async function take(action: Action, gather: Gather, line: Line): Promise<GatherResult> {
  if (action === 'hang-up') return line.hangUpByCallee();
  if (action === 'silence') return { kind: 'none' };
  return 'press' in action
    ? takeKeys(action.press, action.gapSeconds * 1000, gather, line)
    : takeSpeech(action, gather, line);
}

async function takeKeys(
  keys: string,
  gapMs: number,
  gather: Gather,
  line: Line,
): Promise<GatherResult> {
  const timeoutMs = gather.timeoutSeconds * 1000;
  let digits = '';
  for (const [index, key] of [...keys].entries()) {
    if (index > 0) {
      if (gapMs > timeoutMs) break;
      await line.wait(gapMs);
    }
    if (key === gather.finishOnKey) return keysTaken(digits, key);
    digits += key;
    if (digits.length >= gather.numDigits) return keysTaken(digits, '');
  }
  await line.wait(timeoutMs);
  return keysTaken(digits, '');
}

function keysTaken(digits: string, finishedOnKey: string): GatherResult {
  return digits === '' ? { kind: 'none' } : { kind: 'digits', digits, finishedOnKey };
}

async function takeSpeech(
  action: { say: string; confidence: number; seconds?: number | undefined },
  gather: Gather,
  line: Line,
): Promise<GatherResult> {
  const words = action.say.split(/\s+/).length;
  const speechMs = action.seconds === undefined ? words * MS_PER_WORD : action.seconds * 1000;
  await line.wait(Math.min(speechMs, gather.maxSpeechSeconds * 1000));
  const pause = gather.speechTimeout ?? gather.timeoutSeconds;
  await line.wait(pause === 'auto' ? AUTO_PAUSE_MS : pause * 1000);
  return { kind: 'speech', speech: action.say, confidence: action.confidence };
}
