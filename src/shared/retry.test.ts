import { expect, test } from 'vitest';
import { type RetryPolicy, retry } from './retry.ts';

const SLOW: RetryPolicy = { tries: 4, baseMs: 1000, capMs: 3000 };
const ONCE: RetryPolicy = { tries: 2, baseMs: 0, capMs: 0 };

async function run(errors: unknown[], random = () => 0.5) {
  const sleeps: number[] = [];
  let calls = 0;
  const result = await retry(
    async () => {
      const error = errors[calls++];
      if (error !== undefined) throw error;
      return 'done';
    },
    {
      decide: (error) => (error === 'slow' ? SLOW : error === 'once' ? ONCE : null),
      clock: { sleep: async (ms) => void sleeps.push(ms) },
      random,
    },
  ).catch((error: unknown) => ({ error }));
  return { result, calls, sleeps };
}

test('a first success does not wait', async () => {
  expect(await run([])).toEqual({ result: 'done', calls: 1, sleeps: [] });
});

test('the wait doubles, is a random part of its ceiling, and is capped', async () => {
  expect(await run(['slow', 'slow', 'slow'])).toEqual({
    result: 'done',
    calls: 4,
    sleeps: [500, 1000, 1500],
  });
});

test('the last try throws its own error', async () => {
  const { result, calls } = await run(['slow', 'slow', 'slow', 'slow']);
  expect(result).toEqual({ error: 'slow' });
  expect(calls).toBe(4);
});

test('an error without a policy is thrown at once', async () => {
  expect(await run(['fatal'])).toEqual({ result: { error: 'fatal' }, calls: 1, sleeps: [] });
});

test('each policy counts its own failures', async () => {
  expect((await run(['slow', 'once', 'slow', 'once'])).result).toEqual({ error: 'once' });
  expect((await run(['slow', 'once', 'slow'])).result).toBe('done');
});
