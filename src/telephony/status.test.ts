import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advance, CALL_STATUSES, type CallStatus, isCallStatus, isTerminal } from './status.ts';

const status = fc.constantFrom(...CALL_STATUSES);
const live = fc.constantFrom(...CALL_STATUSES.filter((value) => !isTerminal(value)));
const terminal = fc.constantFrom(...CALL_STATUSES.filter(isTerminal));
const end = (list: readonly CallStatus[]) =>
  list.reduce<CallStatus | null>((current, incoming) => advance(current, incoming), null);

test('the same reports end in the same status, in any order and however often', () => {
  const reports = fc
    .tuple(fc.array(live, { minLength: 1 }), fc.option(terminal))
    .map(([list, last]) => (last === null ? list : [...list, last]));
  fc.assert(
    fc.property(
      reports.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
        ),
      ),
      ([list, shuffled]) => {
        expect(end(shuffled)).toBe(end(list));
      },
    ),
  );
});

test('a terminal status never changes', () => {
  fc.assert(
    fc.property(terminal, fc.array(status), (first, later) => end([first, ...later]) === first),
  );
});

test('no report moves a call backwards', () => {
  const rank = (value: CallStatus) => Math.min(CALL_STATUSES.indexOf(value), 4);
  fc.assert(
    fc.property(status, status, (current, incoming) => {
      const next = advance(current, incoming);
      return rank(next) >= rank(current) && (next === current || next === incoming);
    }),
  );
});

test.each([
  ['answered', false],
  ['in-progress', true],
  ['toString', false],
  [undefined, false],
])('isCallStatus(%j) is %s', (value, expected) => expect(isCallStatus(value)).toBe(expected));
