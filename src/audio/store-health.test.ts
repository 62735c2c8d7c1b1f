import { expect, test } from 'vitest';
import { StoreHealth } from './store-health.ts';

test('is away for half a minute after the last failure', () => {
  let now = 1000;
  const health = new StoreHealth({ now: () => now });
  expect(health.isAway()).toBe(false);
  health.failed();
  now += 29_999;
  expect(health.isAway()).toBe(true);
  health.failed();
  now += 29_999;
  expect(health.isAway()).toBe(true);
  now += 1;
  expect(health.isAway()).toBe(false);
});
