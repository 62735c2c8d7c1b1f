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
