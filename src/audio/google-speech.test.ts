import { expect, test } from 'vitest';
import { toBase64 } from '../shared/bytes.ts';
import type { Fetch } from '../shared/fetch.ts';
import { GoogleSpeech } from './google-speech.ts';
import { SpeechError } from './speech.ts';
import { wavHeader } from './wav-header.ts';

const AUDIO = new Uint8Array([1, 2, 3, 4]);
const REQUEST = { text: 'Hi.', voice: 'en-US-Chirp3-HD-Leda', language: 'en-US', speed: 1 };

function speechWith(fetch: Fetch, timeoutMs = 1000) {
  const forgotten: string[] = [];
  const token = { bearer: async () => 'jwt', forget: () => void forgotten.push('forgotten') };
  const speech = new GoogleSpeech({ baseUrl: 'https://speech.test/', token, fetch, timeoutMs });
  return { speech, forgotten };
}

const answering = (body: unknown, status = 200) =>
  speechWith(async () => new Response(JSON.stringify(body), { status }));

const wav = new Uint8Array([...wavHeader(AUDIO.length), ...AUDIO]);

test('asks for 8 kHz mu-law and never for pitch; returns the bytes without their header', async () => {
  let seen: { url: string; method: string; authorization: string | null; body: unknown } | null =
    null;
  const { speech } = speechWith(async (request) => {
    seen = {
      url: request.url,
      method: request.method,
      authorization: request.headers.get('authorization'),
      body: await request.json(),
    };
    return Response.json({ audioContent: toBase64(wav) });
  });
  expect(await speech.synthesize(REQUEST)).toEqual(AUDIO);
  expect(seen).toEqual({
    url: 'https://speech.test/v1/text:synthesize',
    method: 'POST',
    authorization: 'Bearer jwt',
    body: {
      input: { text: 'Hi.' },
      voice: { languageCode: 'en-US', name: 'en-US-Chirp3-HD-Leda' },
      audioConfig: { audioEncoding: 'MULAW', sampleRateHertz: 8000 },
    },
  });
});

test('another speed is sent as speakingRate', async () => {
  let rate: unknown;
  const { speech } = speechWith(async (request) => {
    const body = (await request.json()) as { audioConfig: { speakingRate?: number } };
    rate = body.audioConfig.speakingRate;
    return Response.json({ audioContent: toBase64(wav) });
  });
  await speech.synthesize({ ...REQUEST, speed: 0.9 });
  expect(rate).toBe(0.9);
});

test('words with a pronunciation are sent with their IPA', async () => {
  let input: unknown;
  const { speech } = speechWith(async (request) => {
    input = ((await request.json()) as { input: unknown }).input;
    return Response.json({ audioContent: toBase64(wav) });
  });
  const pronunciations = [{ phrase: 'Acme', spoken: 'ˈækmi' }];
  await speech.synthesize({ ...REQUEST, text: 'Acme calls.', pronunciations });
  expect(input).toEqual({
    text: 'Acme calls.',
    customPronunciations: {
      pronunciations: [
        {
          phrase: 'Acme',
          phoneticEncoding: 'PHONETIC_ENCODING_IPA',
          pronunciation: 'ˈækmi',
        },
      ],
    },
  });
});

test.each([
  [400, 'INVALID_ARGUMENT', 'invalid'],
  [401, 'UNAUTHENTICATED', 'unauthenticated'],
  [403, 'PERMISSION_DENIED', 'forbidden'],
  [404, 'NOT_FOUND', 'invalid'],
  [429, 'RESOURCE_EXHAUSTED', 'rate_limited'],
  [500, 'INTERNAL', 'transient'],
  [503, 'UNAVAILABLE', 'transient'],
  [504, 'DEADLINE_EXCEEDED', 'transient'],
])("HTTP %i %s is %s and keeps Google's sentence", async (code, status, errorClass) => {
  const { speech, forgotten } = answering(
    { error: { code, status, message: 'A sentence.' } },
    code,
  );
  const error = await speech.synthesize(REQUEST).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SpeechError);
  expect(error).toMatchObject({
    class: errorClass,
    httpStatus: code,
    googleStatus: status,
    message: 'A sentence.',
  });
  expect(forgotten).toEqual(code === 401 ? ['forgotten'] : []);
});

test.each<[string, unknown, string]>([
  ['no audioContent', {}, 'transient'],
  ['audioContent of another type', { audioContent: 5 }, 'transient'],
  ['broken base64', { audioContent: '***' }, 'transient'],
  [
    'another audio format',
    { audioContent: toBase64(new Uint8Array([82, 73, 70, 70])) },
    'transient',
  ],
  ['no sound', { audioContent: toBase64(wavHeader(0)) }, 'invalid'],
])('a 200 with %s is an error', async (_name, body, errorClass) => {
  await expect(answering(body).speech.synthesize(REQUEST)).rejects.toMatchObject({
    name: 'SpeechError',
    class: errorClass,
    httpStatus: 200,
  });
});

test('an error page that is not JSON still has a class and a sentence', async () => {
  const { speech } = speechWith(async () => new Response('<html>', { status: 502 }));
  await expect(speech.synthesize(REQUEST)).rejects.toMatchObject({
    class: 'transient',
    httpStatus: 502,
    googleStatus: null,
    message: 'Google answered HTTP 502.',
  });
});

test('a network failure is transient', async () => {
  const { speech } = speechWith(async () => {
    throw new TypeError('fetch failed');
  });
  await expect(speech.synthesize(REQUEST)).rejects.toMatchObject({
    class: 'transient',
    httpStatus: null,
    message: 'The connection to Google failed.',
  });
});

test('no answer within the time limit is transient', async () => {
  const never: Fetch = (request) =>
    new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  const { speech } = speechWith(never, 1);
  await expect(speech.synthesize(REQUEST)).rejects.toMatchObject({
    class: 'transient',
    message: 'Google did not answer in time.',
  });
});

test('a base URL that is none is refused at once', () => {
  const options = { token: { bearer: async () => '', forget: () => {} }, fetch };
  expect(() => new GoogleSpeech({ baseUrl: 'speech.test', ...options })).toThrow('full URL');
});
