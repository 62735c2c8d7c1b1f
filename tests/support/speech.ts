import { env } from 'cloudflare:workers';
import { ClipCache } from '../../src/audio/clip-cache.ts';
import { type EnsureSpeech, ensureSpeechWith } from '../../src/audio/ensure-speech.ts';
import { GoogleToken } from '../../src/audio/google-jwt.ts';
import { GoogleSpeech } from '../../src/audio/google-speech.ts';
import { wavHeader } from '../../src/audio/wav-header.ts';
import { toBase64 } from '../../src/shared/bytes.ts';
import { S3Store } from '../../src/store/s3-store.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import type { SpeechPacer } from '../../workers/voice/objects.ts';

const speechEnv = env as unknown as {
  readonly SPEECH_PACERS: DurableObjectNamespace<SpeechPacer>;
  readonly GOOGLE_SERVICE_ACCOUNT: string;
};

const CLIP_BYTES = 160;

/** What Google answers to a text it can speak. */
export function spoken(): Response {
  const wav = new Uint8Array([...wavHeader(CLIP_BYTES), ...new Uint8Array(CLIP_BYTES).fill(255)]);
  return Response.json({ audioContent: toBase64(wav) });
}

export function googleError(status: number, message: string): Response {
  return Response.json({ error: { code: status, message, status: 'TEST' } }, { status });
}

export type PlayedSpeech = {
  /** Answers a text; `spoken` unless a test changes it. */
  google: (text: string) => Response;
  /** Answers a write of the object store. */
  s3: () => Response;
  serviceAccount: string;
  /** Texts that Google was asked for, in order. */
  readonly texts: string[];
  readonly ensureSpeech: EnsureSpeech;
};

/** The real way from a text to a stored clip; only Google and the object store are played. */
export function playSpeech(ctx: TenantContext): PlayedSpeech {
  const texts: string[] = [];
  const googleFetch = async (request: Request) => {
    const { input } = await request.json<{ input: { text: string } }>();
    texts.push(input.text);
    return played.google(input.text);
  };
  const synthesize = async (request: Parameters<GoogleSpeech['synthesize']>[0]) => {
    const token = new GoogleToken(played.serviceAccount, ctx.clock.now);
    const baseUrl = 'https://google.test';
    return new GoogleSpeech({ baseUrl, token, fetch: googleFetch }).synthesize(request);
  };
  const random = () => 0.5;
  const played: PlayedSpeech = {
    google: spoken,
    s3: () => new Response(null),
    serviceAccount: speechEnv.GOOGLE_SERVICE_ACCOUNT,
    texts,
    ensureSpeech: ensureSpeechWith(ctx.db, {
      audioSecret: 'the audio secret of the tests',
      speech: { synthesize },
      pacer: speechEnv.SPEECH_PACERS.getByName(ctx.tenant.id),
      store: new S3Store({
        endpoint: 'https://s3.test/destiny-objects',
        accessKeyId: 'key',
        secretAccessKey: 'secret',
        fetch: async () => played.s3(),
        clock: ctx.clock,
        random,
      }),
      clips: new ClipCache(1_000_000),
      clock: ctx.clock,
      random,
    }),
  };
  return played;
}
