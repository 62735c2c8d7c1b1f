import { expect, test } from 'vitest';
import { SPEECH_TEXT_BYTES, speakAll, splitForSpeech } from './split.ts';

test('the limit counts bytes, not characters', () => {
  const text = 'é'.repeat(SPEECH_TEXT_BYTES / 2);
  expect(splitForSpeech(text)).toEqual([text]);
  expect(splitForSpeech(`${text}é`)).toEqual([text, 'é']);
});

test('a long text is spoken piece by piece, in order, into one clip', async () => {
  const asked: string[] = [];
  const speech = {
    synthesize: async ({ text }: { text: string }) =>
      new Uint8Array([asked.push(text), text.length % 256]),
  };
  const sentence = `${'word '.repeat(700).trim()}. `;
  const request = { voice: 'v', language: 'en-US', speed: 1 };
  const audio = await speakAll(speech, { ...request, text: sentence.repeat(3) });
  expect(asked).toEqual([sentence.trim(), sentence.trim(), sentence.trim()]);
  expect([...audio].filter((_, i) => i % 2 === 0)).toEqual([1, 2, 3]);
});
