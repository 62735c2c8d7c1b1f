import type { Play, Prompt, Say } from './ast.ts';
import type { Line } from './line.ts';
import { resolveUrl } from './url.ts';

const MAX_LOOPS = 1000;
const MS_PER_CHARACTER = 66;
const SAY_LEAD_MS = 250;
const TONE_MS = 250;
const WAIT_MS = 500;

/** How a prompt sounds inside a document: `cutAtMs` is the moment a key or a voice stops it. */
export type PromptContext = {
  readonly base: string | undefined;
  readonly insideGather: boolean;
  readonly cutAtMs: number | undefined;
};

/** Plays one prompt to the callee and says whether it was cut short. */
export async function playPrompt(
  prompt: Prompt,
  line: Line,
  context: PromptContext,
): Promise<'ended' | 'cut'> {
  switch (prompt.verb) {
    case 'Pause':
      return (await listen(prompt.seconds * 1000, line, context)).end;
    case 'Say':
      return say(prompt, line, context);
    case 'Play':
      return play(prompt, line, context);
  }
}

export function estimateSayMs(text: string): number {
  return SAY_LEAD_MS + text.length * MS_PER_CHARACTER;
}

async function say(verb: Say, line: Line, context: PromptContext): Promise<'ended' | 'cut'> {
  line.heard.push(verb.text);
  return repeat(verb.loop, async () => {
    const { text, voice, language } = verb;
    return sound(line, context, estimateSayMs(text), 'say', { text, voice, language });
  });
}

async function play(verb: Play, line: Line, context: PromptContext): Promise<'ended' | 'cut'> {
  if (verb.digits !== '') {
    const waits = verb.digits.replace(/[^wW]/g, '').length;
    const ms = waits * WAIT_MS + (verb.digits.length - waits) * TONE_MS;
    const end = await sound(line, context, ms, 'tones', { digits: verb.digits });
    if (end === 'cut' || verb.url === '') return end;
  }
  const url = resolveUrl(verb.url, context.base);
  const media = await line.fetchMedia(url);
  const { contentType, cached, firstByteMs, totalMs } = media;
  const fetched = { url, contentType, cached, firstByteMs, fetchMs: totalMs };
  if (!media.ok) {
    // The carrier logs the error and goes on with the next verb: the callee hears nothing.
    const code = context.insideGather && media.code === 12300 ? 13325 : media.code;
    line.record('error', { code, message: media.reason, ...fetched });
    return 'ended';
  }
  const { bytes, sha256 } = media;
  return repeat(verb.loop, () =>
    sound(line, context, media.ms, 'play', { ...fetched, bytes, sha256, lengthMs: media.ms }),
  );
}

async function repeat(loop: number, once: () => Promise<'ended' | 'cut'>) {
  const times = loop === 0 ? MAX_LOOPS : loop;
  for (let turn = 0; turn < times; turn += 1) {
    if ((await once()) === 'cut') return 'cut';
  }
  return 'ended';
}

async function sound(
  line: Line,
  context: PromptContext,
  ms: number,
  kind: string,
  detail: Record<string, unknown>,
): Promise<'ended' | 'cut'> {
  const startedAt = line.elapsedMs();
  const wallAt = line.wallNow();
  line.soundBegins();
  let end: 'ended' | 'cut' = 'cut';
  try {
    ({ end } = await listen(ms, line, context));
    return end;
  } finally {
    // Recorded also when the callee hangs up in the middle, with what was really heard.
    const isCut = end === 'cut';
    const heardMs = Math.round(isCut ? Math.min(ms, line.elapsedMs() - startedAt) : ms);
    line.record(kind, { atMs: Math.round(startedAt), heardMs, isCut, ...detail }, wallAt);
  }
}

async function listen(ms: number, line: Line, context: PromptContext) {
  const leftMs = (context.cutAtMs ?? Number.POSITIVE_INFINITY) - line.elapsedMs();
  if (leftMs >= ms) {
    await line.wait(ms);
    return { end: 'ended' as const };
  }
  await line.wait(Math.max(0, leftMs));
  return { end: 'cut' as const };
}
