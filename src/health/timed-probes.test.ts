import { expect, test } from 'vitest';
import { runTimedProbes, type TimedProbe } from './timed-probes.ts';

const probe = (name: string, check: TimedProbe['check']): TimedProbe => ({
  ...{ name, check, cause: `${name} is away`, remedy: `bring ${name} back` },
});

test('one that hangs, one that breaks and one that is not right hide none that is', async () => {
  const timers: (() => void)[] = [];
  let now = 0;
  const sleep = () => new Promise<void>((resolve) => timers.push(resolve));
  const running = runTimedProbes({ now: () => now, sleep }, [
    probe('hangs', () => new Promise(() => {})),
    probe('breaks', () => Promise.reject(new Error('no route'))),
    probe('throws', () => {
      throw new Error('at once');
    }),
    probe('wrong', async () => ({ isHealthy: false, detail: '3 wait' })),
    probe('right', async () => ({ isHealthy: true, detail: 'none wait' })),
    probe('there', async () => null),
  ]);
  await Promise.resolve();
  now = 5000;
  for (const end of timers) end();
  const checks = await running;
  const byName = Object.fromEntries(checks.map((check) => [check.name, check]));
  expect(byName.hangs).toMatchObject({ isHealthy: false, detail: 'no answer within 5000 ms' });
  expect(byName.breaks).toMatchObject({
    isHealthy: false,
    detail: 'no route',
    cause: 'breaks is away',
  });
  expect(byName.throws).toMatchObject({ isHealthy: false, detail: 'at once' });
  expect(byName.wrong).toMatchObject({ detail: '3 wait', remedy: 'bring wrong back' });
  expect(byName.right).toMatchObject({ isHealthy: true, cause: null, remedy: null });
  expect(byName.there).toMatchObject({ isHealthy: true, detail: null });
});
