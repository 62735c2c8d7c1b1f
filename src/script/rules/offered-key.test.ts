import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { offeredKey } from './offered-key.ts';

test.each([
  ['Press 3 to go on.', 'Press 3'],
  ['You may press three.', 'press three'],
  ['To leave, press the pound key.', 'press the pound'],
])('%s', (speech, words) =>
  expectFaults(offeredKey, `[start]\n${speech}\n-> 1: END`, [
    ['DS232', `2:${speech.indexOf(words) + 1}`, words],
  ]),
);

test.each(['Press 1 or press star.', 'Press any key.', 'I am impressed.'])('%s', (speech) =>
  expectNone(offeredKey, `[start]\n${speech}\n-> 1, *: END`),
);
