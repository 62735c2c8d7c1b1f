import type { StoredEntry } from '../carrier/journal.ts';
import { mediaProxyOf } from '../carrier/media.object.ts';
import { type Env, readSettings } from '../env.ts';
import { chooseVoice } from '../speech/choose-voice.ts';
import { encodeMulaw, MULAW_RATE_HZ } from '../speech/mulaw.ts';
import { writeMulawWav } from '../speech/wav.ts';
import { assemble, readSegments } from './heard.ts';

/** Everything the callee heard in a call: plays as decoded, <Say> by the local voice. */
export async function heardWav(
  env: Env,
  accountSid: string,
  entries: readonly StoredEntry[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (entries.length === 0) return undefined;
  const voice = chooseVoice(readSettings(env).speechMode);
  const ended = entries.findLast((entry) => entry.kind === 'status');
  const { durationSeconds = 0 } = JSON.parse(ended?.detail ?? '{}') as { durationSeconds?: number };
  const mulaw = await assemble(readSegments(entries), durationSeconds * 1000, async (segment) => {
    if (segment.kind === 'say') return encodeMulaw(await voice.speak(segment.text, 1));
    const audio = await mediaProxyOf(env, accountSid, segment.url).audio(segment.sha256);
    return audio ?? new Uint8Array(0);
  });
  return writeMulawWav(mulaw, MULAW_RATE_HZ);
}
