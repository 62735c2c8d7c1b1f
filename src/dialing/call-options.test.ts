import { expect, test } from 'vitest';
import { callerIdOf, timeLimitOf } from './call-options.ts';

const numbers = { fromNumber: '+1', moreFromNumbers: ['+2', '+3', '+4'] };

test('a contact is always called from the same number, and each number by about as many', () => {
  const ids = Array.from({ length: 4000 }, (_, i) => `con_01jabc${i.toString(32)}`);
  const used = Map.groupBy(ids, (id) => callerIdOf(numbers, id));
  expect([...used.keys()].sort()).toEqual(['+1', '+2', '+3', '+4']);
  for (const own of used.values()) {
    expect(own.length).toBeGreaterThan(800);
    expect(own.length).toBeLessThan(1200);
  }
  for (const id of ids) expect(callerIdOf(numbers, id)).toBe(callerIdOf({ ...numbers }, id));
  expect(callerIdOf({ fromNumber: '+1', moreFromNumbers: [] }, 'con_x')).toBe('+1');
});

test('a campaign may end calls sooner than the script would, never later', () => {
  expect(timeLimitOf({ nodes: {} }, null)).toBe(660);
  expect(timeLimitOf({ nodes: {} }, 90)).toBe(90);
  expect(timeLimitOf({ nodes: {} }, 9000)).toBe(660);
});
