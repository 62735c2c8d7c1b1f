import { describe, expect, it } from 'vitest';
import { readSpeechRequest } from './google-request.ts';

const good = {
  input: { text: 'Hello' },
  voice: { languageCode: 'en-US', name: 'en-US-Chirp3-HD-Leda' },
  audioConfig: { audioEncoding: 'MULAW', sampleRateHertz: 8000, speakingRate: 1.1 },
};

describe('readSpeechRequest', () => {
  it('reads what the application sends', () => {
    expect(readSpeechRequest(good)).toEqual({
      text: 'Hello',
      voice: 'en-US-Chirp3-HD-Leda',
      encoding: 'MULAW',
      speakingRate: 1.1,
    });
  });

  it('counts bytes, not characters', () => {
    const request = (text: string) => readSpeechRequest({ ...good, input: { text } });
    expect(request('a'.repeat(5000)).text).toHaveLength(5000);
    expect(() => request('é'.repeat(2501))).toThrow('at most 5000 bytes');
  });

  it('takes markup for its pauses', () => {
    const { text } = readSpeechRequest({ ...good, input: { markup: 'One.[pause long]Two.' } });
    expect(text).toBe('One., Two.');
  });

  const audio = (more: object) => ({ ...good, audioConfig: { ...good.audioConfig, ...more } });
  const bad: { name: string; body: unknown; message: string }[] = [
    { name: 'pitch', body: audio({ pitch: 0 }), message: 'does not support pitch parameters' },
    {
      name: 'two inputs',
      body: { ...good, input: { text: 'a', ssml: 'b' } },
      message: 'Exactly one',
    },
    { name: 'no input', body: { ...good, input: {} }, message: 'Exactly one' },
    { name: 'empty text', body: { ...good, input: { text: ' ' } }, message: 'empty' },
    { name: 'ssml', body: { ...good, input: { ssml: '<speak/>' } }, message: 'does not support' },
    {
      name: 'unknown voice',
      body: { ...good, voice: { languageCode: 'en-US', name: 'en-US-Chirp3-HD-Bob' } },
      message: "Voice 'en-US-Chirp3-HD-Bob' does not exist",
    },
    {
      name: 'language of another voice',
      body: { ...good, voice: { ...good.voice, languageCode: 'de-DE' } },
      message: 'does not match',
    },
    { name: 'fast', body: audio({ speakingRate: 2.1 }), message: 'between 0.25 and 2.0' },
    { name: 'encoding', body: audio({ audioEncoding: 'MP3' }), message: 'not simulated' },
    { name: 'rate', body: audio({ sampleRateHertz: 24_000 }), message: 'must be 8000' },
    { name: 'unknown field', body: { ...good, extra: 1 }, message: 'Invalid JSON payload' },
    { name: 'no object', body: 'hello', message: 'Invalid JSON payload' },
  ];
  it.each(bad)('refuses $name', ({ body, message }) => {
    expect(() => readSpeechRequest(body)).toThrow(message);
  });
});
