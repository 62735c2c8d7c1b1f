import { expect, test } from 'vitest';
import { classifyText } from './text-errors.ts';

test.each([
  ['delivered', null, 'answered'],
  ['read', null, 'answered'],
  ['sent', null, 'answered'],
  ['undelivered', '30003', 'retry'],
  ['undelivered', '30008', 'retry'],
  ['undelivered', '30005', 'contact'],
  ['undelivered', '30006', 'contact'],
  ['undelivered', '30007', 'contact'],
  ['failed', '30034', 'contact'],
  ['failed', '21610', 'contact'],
  ['failed', '21614', 'contact'],
  ['undelivered', null, 'retry'],
  ['canceled', null, 'canceled'],
])('a text that is %s with %s is %s', (state, errorCode, found) => {
  expect(classifyText({ state, errorCode })).toBe(found);
});
