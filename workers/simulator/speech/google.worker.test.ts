import { Buffer } from 'node:buffer';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, order } from '../testing.ts';
import { readWav } from './wav.ts';

const email = 'tts@project.iam.gserviceaccount.com';
let token = '';

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const config = { jwk: await exportJWK(publicKey), clientEmail: email, keyId: 'k1' };
  await order('POST', '/google', { ...config, requestsPerMinute: 1000 });
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: email, sub: email, aud: 'https://texttospeech.googleapis.com/', iat };
  const jwt = new SignJWT({ ...claims, exp: iat + 3600 });
  token = await jwt.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k1' }).sign(privateKey);
});

function synthesize(text: string, given = token): Promise<Response> {
  return ask('/v1/text:synthesize', {
    method: 'POST',
    headers: { authorization: `Bearer ${given}` },
    body: JSON.stringify({
      input: { text },
      voice: { languageCode: 'en-US', name: 'en-US-Chirp3-HD-Leda' },
      audioConfig: { audioEncoding: 'MULAW', sampleRateHertz: 8000 },
    }),
  });
}

describe('text:synthesize', () => {
  it('speaks a sentence as a mu-law WAV, always the same bytes', async () => {
    const sentence = 'Hi Maria, this is Destiny calling from Acme Dental. How are you?';
    const reply = await synthesize(sentence);
    expect(reply.status).toBe(200);
    const { audioContent } = await reply.json<{ audioContent: string }>();
    const wav = readWav(Uint8Array.from(Buffer.from(audioContent, 'base64')));
    expect(wav).toMatchObject({ format: 7, rateHz: 8000, channels: 1, bitsPerSample: 8 });
    expect(wav.data.byteLength / 8000).toBeCloseTo(4.46, 1);
    const again = await (await synthesize(sentence)).json<{ audioContent: string }>();
    expect(again.audioContent).toBe(audioContent);
  });

  it('refuses in Google’s words', async () => {
    const unknown = await synthesize('Hello', 'a.b.c');
    expect(unknown.status).toBe(401);
    expect(await unknown.json()).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
    const empty = await synthesize(' ');
    expect(await empty.json()).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } });
  });

  it('fails on demand', async () => {
    for (const [kind, status] of [
      ['google-429', 429],
      ['google-503', 503],
      ['google-400', 400],
    ] as const) {
      await order('POST', '/faults', { kind, count: 1 });
      expect((await synthesize('Hello')).status).toBe(status);
    }
    expect((await synthesize('Hello')).status).toBe(200);
  });

  it('takes its time on demand, and answers all the same', async () => {
    await order('POST', '/faults', { kind: 'google-slow', count: 1, delayMs: 80 });
    const startedAt = performance.now();
    expect((await synthesize('Hello')).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75);
  });

  it('keeps the quota of the project', async () => {
    await order('POST', '/google', { requestsPerMinute: 1 });
    const reply = await synthesize('Hello');
    expect(reply.status).toBe(429);
    expect(await reply.json()).toMatchObject({ error: { status: 'RESOURCE_EXHAUSTED' } });
    await order('POST', '/google', { requestsPerMinute: 1000 });
    const report = await (await order('GET', '/google')).json<{
      answers: Record<string, number>;
    }>();
    expect(report.answers['429']).toBeGreaterThan(0);
  });

  it('lists voices to those with a token', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const reply = await ask('/v1/voices?languageCode=en-US', { headers });
    const { voices } = await reply.json<{ voices: { name: string }[] }>();
    expect(voices.map((voice) => voice.name)).toContain('en-US-Chirp3-HD-Leda');
    expect((await ask('/v1/voices')).status).toBe(401);
  });
});
