import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallbackUrls, parseCallbackPath } from './callback-url.ts';

const ref = { tenant: 'ten_1', call: 'call_2' };

test('builds turn, status and audio URLs under the base', () => {
  const urls = new CallbackUrls('https://destiny.test/prefix/');
  expect(urls.turn({ ...ref, nonce: 'n3' })).toBe(
    'https://destiny.test/prefix/voice/t/ten_1/c/call_2/turn/n3#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx',
  );
  expect(urls.status(ref)).toBe(
    'https://destiny.test/prefix/voice/t/ten_1/c/call_2/status#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx',
  );
  expect(urls.audio('ten_1')).toBe('https://destiny.test/prefix/audio/ten_1');
  expect(urls.base).toBe('https://destiny.test/prefix');
});

test('the tries together stay within the 15 seconds of a voice webhook', () => {
  const overrides = new URLSearchParams(
    new URL(new CallbackUrls('https://destiny.test').status(ref)).hash.slice(1),
  );
  const [connectMs, answerMs, retries] = ['ct', 'rt', 'rc'].map((name) =>
    Number(overrides.get(name)),
  );
  expect(((connectMs ?? 0) + (answerMs ?? 0)) * ((retries ?? 0) + 1)).toBeLessThanOrEqual(15_000);
});

test('a path reads back', () => {
  const id = fc.stringMatching(/^[\w-]{1,64}$/);
  const urls = new CallbackUrls('https://destiny.test');
  fc.assert(
    fc.property(id, id, id, (tenant, call, nonce) => {
      const turn = { tenant, call, nonce };
      expect(parseCallbackPath(new URL(urls.turn(turn)).pathname)).toEqual({
        kind: 'turn',
        ...turn,
      });
      expect(parseCallbackPath(new URL(urls.status(turn)).pathname)).toEqual({
        kind: 'status',
        tenant,
        call,
      });
    }),
  );
});

test.each([
  '/voice',
  '/voice/t/ten_1/c/call_2',
  '/voice/t/ten_1/c/call_2/',
  '/voice/t/ten_1/c/call_2/turn',
  '/voice/t/ten_1/c/call_2/turn/',
  '/voice/t/ten_1/c/call_2/turn/a/b',
  '/voice/t/ten_1/c/call_2/status/x',
  '/voice/t/../c/call_2/status',
  '/voice/t/ten%5F1/c/call_2/status',
  `/voice/t/${'x'.repeat(65)}/c/call_2/status`,
  '/voice/t//c/call_2/status',
])('%s is not one of our paths', (path) => expect(parseCallbackPath(path)).toBeNull());

test.each(['a/b', '', 'ü', 'x'.repeat(65)])('an id like %j never gets into a URL', (call) => {
  expect(() => new CallbackUrls('https://destiny.test').status({ ...ref, call })).toThrow();
});

test.each([
  ['destiny.test', 'https address'],
  ['ftp://destiny.test', 'https address'],
  ['https://destiny.test?x=1', 'without query'],
  ['https://user@destiny.test', 'https address'],
  ['https://my_worker.test', 'without an underscore'],
])('PUBLIC_BASE_URL %s is refused', (base, message) => {
  expect(() => new CallbackUrls(base)).toThrow(message);
});
