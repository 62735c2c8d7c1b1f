import { fromBase64 } from '../shared/bytes.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Fetch } from '../shared/fetch.ts';
import type { GoogleToken } from './google-jwt.ts';
import { ENCODING, SAMPLE_RATE } from './key.ts';
import { readMulaw } from './riff.ts';
import { type Speech, SpeechError, type SpeechErrorClass, type SpeechRequest } from './speech.ts';

/** Google Cloud Text-to-Speech v1 over REST. */
export class GoogleSpeech implements Speech {
  readonly #options: {
    /** E.g. `https://texttospeech.googleapis.com`. */
    readonly baseUrl: string;
    readonly token: Pick<GoogleToken, 'bearer' | 'forget'>;
    readonly fetch: Fetch;
    readonly timeoutMs: number;
  };

  constructor(options: {
    baseUrl: string;
    token: Pick<GoogleToken, 'bearer' | 'forget'>;
    fetch: Fetch;
    timeoutMs?: number;
  }) {
    if (!URL.canParse(options.baseUrl)) {
      throw new DestinyError(
        'config_invalid',
        "Set the base URL of Google's speech to a full URL.",
      );
    }
    this.#options = { timeoutMs: 20_000, ...options };
  }

  async synthesize(request: SpeechRequest): Promise<Uint8Array> {
    const { baseUrl, token, fetch, timeoutMs } = this.#options;
    const bearer = await token.bearer();
    const { status, body } = await send(
      fetch,
      new Request(`${baseUrl.replace(/\/+$/, '')}/v1/text:synthesize`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(requestBody(request)),
        signal: AbortSignal.timeout(timeoutMs),
      }),
    );
    if (status === 401) token.forget();
    if (status !== 200) throw refusal(status, body);
    return audioOf(body);
  }
}

/** Chirp 3 HD refuses `pitch` with 400, even 0; what is not needed is not sent. */
function requestBody({ text, voice, language, speed, pronunciations = [] }: SpeechRequest) {
  const custom = pronunciations.map(({ phrase, spoken }) => ({
    phrase,
    phoneticEncoding: 'PHONETIC_ENCODING_IPA',
    pronunciation: spoken,
  }));
  return {
    input: {
      text,
      ...(custom.length === 0 ? {} : { customPronunciations: { pronunciations: custom } }),
    },
    voice: { languageCode: language, name: voice },
    audioConfig: {
      audioEncoding: ENCODING,
      sampleRateHertz: SAMPLE_RATE,
      ...(speed === 1 ? {} : { speakingRate: speed }),
    },
  };
}

async function send(fetch: Fetch, request: Request): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(request);
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch (cause) {
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError';
    const message = isTimeout
      ? 'Google did not answer in time.'
      : 'The connection to Google failed.';
    throw new SpeechError('transient', message, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(httpStatus: number, body: unknown): SpeechError {
  const error = field(body, 'error');
  const message = field(error, 'message');
  const googleStatus = field(error, 'status');
  return new SpeechError(
    classOf(httpStatus),
    typeof message === 'string' ? message : `Google answered HTTP ${httpStatus}.`,
    { httpStatus, ...(typeof googleStatus === 'string' ? { googleStatus } : {}) },
  );
}

function classOf(httpStatus: number): SpeechErrorClass {
  if (httpStatus === 401) return 'unauthenticated';
  if (httpStatus === 403) return 'forbidden';
  if (httpStatus === 429) return 'rate_limited';
  return httpStatus >= 400 && httpStatus < 500 ? 'invalid' : 'transient';
}

/** Google sends MULAW inside a WAV file; played with its header it clicks. */
function audioOf(body: unknown): Uint8Array {
  const content = field(body, 'audioContent');
  if (typeof content !== 'string') {
    throw new SpeechError('transient', 'Google answered without audio.', { httpStatus: 200 });
  }
  const audio = decode(content);
  if (audio.length === 0) {
    throw new SpeechError('invalid', 'Google made no sound of this text.', { httpStatus: 200 });
  }
  return audio;
}

function decode(content: string): Uint8Array {
  try {
    return readMulaw(fromBase64(content));
  } catch (cause) {
    const message = 'Google answered with audio that cannot be read.';
    throw new SpeechError('transient', message, { httpStatus: 200, cause });
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
