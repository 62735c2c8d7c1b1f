import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SpokenForm, sentenceKey } from './key.ts';
import { tenantAudioSecret } from './tenant-secret.ts';

const secret = await tenantAudioSecret('master', 'ten_a');
const FORM: SpokenForm = {
  voice: 'en-US-Chirp3-HD-Leda',
  language: 'en-US',
  speed: 1,
  normalizerVersion: 1,
  pronunciations: [],
  text: 'Hello.',
};

test('a key is 22 characters of base64url and never changes', async () => {
  expect(await sentenceKey(secret, FORM)).toMatch(/^[\w-]{22}$/);
  const again = await tenantAudioSecret('master', 'ten_a');
  expect(await sentenceKey(again, { ...FORM })).toBe(await sentenceKey(secret, FORM));
});

test.each<[string, Partial<SpokenForm>]>([
  ['voice', { voice: 'en-US-Chirp3-HD-Kore' }],
  ['language', { language: 'en-GB' }],
  ['speed', { speed: 1.1 }],
  ['normaliser', { normalizerVersion: 2 }],
  ['pronunciations', { pronunciations: [{ phrase: 'Acme', spoken: 'ack me' }] }],
  ['text', { text: 'Hello!' }],
])('another %s gives another key', async (_name, change) => {
  expect(await sentenceKey(secret, { ...FORM, ...change })).not.toBe(
    await sentenceKey(secret, FORM),
  );
});

test.each([
  ['tenant', 'master', 'ten_b'],
  ['master secret', 'other', 'ten_a'],
])('another %s gives another key', async (_name, master, tenant) => {
  const other = await tenantAudioSecret(master, tenant);
  expect(await sentenceKey(other, FORM)).not.toBe(await sentenceKey(secret, FORM));
});

test('the order of pronunciations does not matter', async () => {
  const a = { phrase: 'a', spoken: 'x' };
  const b = { phrase: 'b', spoken: 'y' };
  expect(await sentenceKey(secret, { ...FORM, pronunciations: [a, b] })).toBe(
    await sentenceKey(secret, { ...FORM, pronunciations: [b, a] }),
  );
});

test('moving text from one field to the next gives another key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string({ minLength: 1 }), fc.string(), async (a, b, c) => {
      const left = await sentenceKey(secret, { ...FORM, voice: a + b, language: c });
      const right = await sentenceKey(secret, { ...FORM, voice: a, language: b + c });
      expect(left).not.toBe(right);
    }),
    { numRuns: 50 },
  );
});
