import { expect, test } from 'vitest';
import { mostAtOnce } from './crowd.ts';

const call = (createdAt: number, endedAt: number | null) => ({ createdAt, endedAt });

test.each([
  { name: 'no call', calls: [], most: 0 },
  { name: 'one after the other, at the same moment', calls: [call(0, 5), call(5, 9)], most: 1 },
  { name: 'one inside another', calls: [call(0, 9), call(2, 3), call(4, 6)], most: 2 },
  { name: 'one that never ends', calls: [call(0, null), call(50, 60)], most: 2 },
])('$name: $most at once', ({ calls, most }) => {
  expect(mostAtOnce(calls)).toBe(most);
});
