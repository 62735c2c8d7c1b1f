import type { Record } from './ast.ts';
import type { Line } from './line.ts';

const BEEP_MS = 400;
const MS_PER_WORD = 350;

/**
 * Beeps and records the caller. Nothing for an empty recording: the carrier goes on with the next
 * verb then (twilio.com/docs/voice/twiml/record).
 */
export async function runRecord(verb: Record, line: Line): Promise<Params | undefined> {
  if (verb.playBeep) {
    const startedAt = line.elapsedMs();
    const wallAt = line.wallNow();
    line.soundBegins();
    await line.wait(BEEP_MS);
    line.record('beep', { atMs: Math.round(startedAt), heardMs: BEEP_MS }, wallAt);
  }
  line.heard.push('(beep)');
  const { action } = line.callee.answer(line.heard.splice(0).join(' '));
  const startedAt = line.elapsedMs();
  const saidMs = await speak(action, verb, line);
  if (action === 'hang-up') return line.hangUpByCallee();
  if (saidMs === 0) return undefined;
  const seconds = Math.max(1, Math.round((line.elapsedMs() - startedAt) / 1000));
  const { source, channels } = { source: 'RecordVerb', channels: 1 } as const;
  const { sid, url } = await line.recordings.save({
    source,
    channels,
    seconds,
    callback: verb.callback,
  });
  const digits = typeof action === 'object' && 'press' in action ? action.press.slice(-1) : '';
  return {
    RecordingSid: sid,
    RecordingUrl: url,
    RecordingDuration: String(seconds),
    ...(digits === '' ? {} : { Digits: digits }),
  };
}

type Params = { readonly [name: string]: string };
type Answer = ReturnType<Line['callee']['answer']>['action'];

async function speak(action: Answer, verb: Record, line: Line): Promise<number> {
  const silenceMs = verb.timeoutSeconds * 1000;
  if (action === 'hang-up') return 0;
  if (action === 'silence' || 'press' in action) {
    await line.wait(action === 'silence' ? silenceMs : 0);
    return 0;
  }
  const words = action.say.split(/\s+/).length;
  const wantedMs = action.seconds === undefined ? words * MS_PER_WORD : action.seconds * 1000;
  const saidMs = Math.min(wantedMs, verb.maxLengthSeconds * 1000);
  line.record('callee-speaks', { text: action.say });
  await line.wait(saidMs);
  if (saidMs < verb.maxLengthSeconds * 1000) await line.wait(silenceMs);
  return saidMs;
}
