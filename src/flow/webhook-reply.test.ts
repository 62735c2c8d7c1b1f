import { expect, test } from 'vitest';
import { flattenReply } from './webhook-reply.ts';

test.each([
  [
    { a: 1, b: { c: 'x', d: null } },
    { a: 1, 'b.c': 'x', 'b.d': null },
  ],
  [{ slots: ['9:00', '10:00'] }, { 'slots.count': 2, 'slots.first': '9:00' }],
  [[], { count: 0 }],
  ['text', {}],
  [null, {}],
  [undefined, {}],
  [{ a: { a: { a: { a: { a: { a: 1 } } } } } }, {}],
])('%j', (reply, values) => expect(flattenReply(reply)).toEqual(values));

test('a reply without end is cut', () => {
  const reply = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`k${i}`, 'x'.repeat(900)]),
  );
  const values = Object.values(flattenReply(reply));
  expect(values).toHaveLength(200);
  expect(String(values[0])).toHaveLength(500);
});
