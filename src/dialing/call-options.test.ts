import { expect, test } from 'vitest';
import { timeLimitOf } from './call-options.ts';

test('a campaign may end calls sooner than the script would, never later', () => {
  expect(timeLimitOf({ nodes: {} }, null)).toBe(660);
  expect(timeLimitOf({ nodes: {} }, 90)).toBe(90);
  expect(timeLimitOf({ nodes: {} }, 9000)).toBe(660);
});
