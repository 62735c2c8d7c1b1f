import { expect, test } from 'vitest';
import { CallbackUrls } from './callback-url.ts';

const ref = { tenant: 'ten_1', call: 'call_2' };

test('builds turn, status and audio URLs under the base', () => {
  const urls = new CallbackUrls('https://destiny.test/prefix/');
  expect(urls.turn({ ...ref, nonce: 'n3' })).toBe(
    'https://destiny.test/prefix/voice/t/ten_1/c/call_2/turn/n3#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx',
  );
  expect(urls.of('status', ref)).toBe(
    'https://destiny.test/prefix/voice/t/ten_1/c/call_2/status#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx',
  );
  expect(urls.audio('ten_1')).toBe('https://destiny.test/prefix/audio/ten_1');
  expect(urls.base).toBe('https://destiny.test/prefix');
});

test('the tries together stay within the 15 seconds of a voice webhook', () => {
  const overrides = new URLSearchParams(
    new URL(new CallbackUrls('https://destiny.test').of('status', ref)).hash.slice(1),
  );
  const [connectMs, answerMs, retries] = ['ct', 'rt', 'rc'].map((name) =>
    Number(overrides.get(name)),
  );
  expect(((connectMs ?? 0) + (answerMs ?? 0)) * ((retries ?? 0) + 1)).toBeLessThanOrEqual(15_000);
});

test('what happens beside the turns has its own paths, and calls to a number one for all', () => {
  const urls = new CallbackUrls('https://destiny.test');
  const path = (url: string) => new URL(url).pathname;
  expect(path(urls.fetch({ ...ref, nonce: '3' }))).toBe('/voice/t/ten_1/c/call_2/fetch/3');
  expect(path(urls.of('amd', ref))).toBe('/voice/t/ten_1/c/call_2/amd');
  expect(path(urls.inbound('call'))).toBe('/voice/inbound');
  expect(path(urls.inbound('fallback'))).toBe('/voice/inbound/fallback');
});

test.each(['a/b', '', 'ü', 'x'.repeat(65)])('an id like %j never gets into a URL', (call) => {
  expect(() => new CallbackUrls('https://destiny.test').of('status', { ...ref, call })).toThrow();
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
