import { expect, test } from 'vitest';
import { playSpeech } from '../../tests/support/speech.ts';
import { newTenant } from '../../tests/support/tenant.ts';

const settings = { voice: 'en-US-Chirp3-HD-Leda', language: 'en-US', speed: 1 };

test('the same words as a literal and as a value share the clip that exists', async () => {
  const ctx = await newTenant();
  const { ensureSpeech } = playSpeech(ctx);
  const order = (kind: 'static' | 'dynamic') =>
    ensureSpeech({ settings, clips: [{ text: 'Hi there.', kind }], priority: 'call' });
  const first = (await order('static')).parts.get('Hi there.');
  const second = await order('dynamic');
  expect(first?.kind).toBe('static');
  expect(second.parts.get('Hi there.')).toEqual(first);
  expect(second.made.size).toBe(0);
});

test('a pronunciation makes the sentences it stands in anew, and no other', async () => {
  const ctx = await newTenant();
  const speech = playSpeech(ctx);
  const clips = ['Acme calls.', 'Hi there.'].map((text) => ({ text, kind: 'static' as const }));
  await speech.ensureSpeech({ settings, clips, priority: 'call' });
  speech.texts.length = 0;
  const spoken = { ...settings, pronunciations: { Acme: 'ˈækmi' } };
  await speech.ensureSpeech({ settings: spoken, clips, priority: 'call' });
  expect(speech.texts).toEqual(['Acme calls.']);
});
