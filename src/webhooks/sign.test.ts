import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newWebhookSecret, signedHeaders } from './sign.ts';

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
const at = () => Date.now();

test("the specification's own library accepts what we sign, and nothing that was changed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.stringMatching(/^[a-z0-9_-]{1,40}$/), async (payload, id) => {
      const secret = newWebhookSecret(random);
      const headers = await signedHeaders([secret], { id, at: at(), payload });
      expect(new Webhook(secret).verify(payload, headers)).toEqual(JSON.parse(payload));
      expect(() => new Webhook(secret).verify(`${payload} `, headers)).toThrow();
      expect(() => new Webhook(newWebhookSecret(random)).verify(payload, headers)).toThrow();
    }),
    { numRuns: 50 },
  );
});

test('while a secret is changed, who has either of them can check', async () => {
  const [now, before] = [newWebhookSecret(random), newWebhookSecret(random)];
  const headers = await signedHeaders([now, before], { id: 'm', at: at(), payload: '{}' });
  for (const secret of [now, before]) {
    expect(new Webhook(secret).verify('{}', headers)).toEqual({});
  }
});

test('the receiver of docs/webhooks.md takes what we sign, and refuses what we did not', async () => {
  const page = readFileSync('docs/webhooks.md', 'utf8');
  const [, code = ''] = /```js\n([\s\S]+?)```/.exec(page) ?? [];
  const { isFromDestiny } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  );
  const secret = newWebhookSecret(random);
  const headers = await signedHeaders([newWebhookSecret(random), secret], {
    ...{ id: 'm', at: at(), payload: '{"type":"call.finished"}' },
  });
  expect(isFromDestiny(secret, headers, '{"type":"call.finished"}')).toBe(true);
  expect(isFromDestiny(secret, headers, '{"type":"call.outcome"}')).toBe(false);
  const old = await signedHeaders([secret], { id: 'm', at: at() - 600_000, payload: '{}' });
  expect(isFromDestiny(secret, old, '{}')).toBe(false);
});
