import { expect, test } from 'vitest';
import { evaluate, isTruthy } from './expression.ts';
import type { Expression, Operator, Value, Variables } from './types.ts';

const value = (of: Value): Expression => ({ type: 'value', value: of });
const binary = (left: Value, operator: Operator, right: Value): Expression => ({
  type: 'binary',
  operator,
  left: value(left),
  right: value(right),
});

test.each<[Value, Operator, Value, Value]>([
  [1, '==', 1, true],
  [1, '==', '1', true],
  ['1.0', '==', 1, true],
  ['a', '==', 'A', false],
  ['True', '==', true, true],
  [null, '==', null, true],
  [null, '==', 0, false],
  [null, '==', '', false],
  [null, '!=', 0, true],
  [2, '<', 10, true],
  ['2', '<', '10', true],
  ['b', '<', 'a', false],
  [null, '<', 1, false],
  [null, '>', 1, false],
  [null, '<=', null, false],
  [null, '>=', null, false],
  [3, '<=', 3, true],
  [3, '>=', 4, false],
  [true, '<', 2, false],
  ['a', '<', 2, false],
  ['Main Street', 'contains', 'street', true],
  [1234, 'contains', 23, true],
  [null, 'contains', 'a', false],
  [1, '+', 2, 3],
  [0.1, '+', 0.2, 0.3],
  ['1', '+', 2, 3],
  ['1', '+', '2', '12'],
  ['a', '+', 1, 'a1'],
  [null, '+', 1, 1],
  ['a', '+', null, 'a'],
  [null, '+', null, null],
  [null, '-', 1, -1],
  [5, '-', '2', 3],
  ['a', '-', 1, null],
  [1e308, '+', 1e308, null],
  [0, 'or', 'x', true],
  ['', 'and', true, false],
])('%j %s %j is %j', (left, operator, right, result) =>
  expect(evaluate(binary(left, operator, right), {})).toBe(result),
);

test.each<[Value, boolean]>([
  [null, false],
  [false, false],
  [0, false],
  ['', false],
  ['False', false],
  ['0', true],
  ['no', true],
  [1, true],
])('%j counts as %j', (given, truth) => expect(isTruthy(given)).toBe(truth));

test('a path is looked up whole; what every object has is no variable', () => {
  const variables: Variables = { 'webhook.id': 7 };
  expect(evaluate({ type: 'path', path: 'webhook.id' }, variables)).toBe(7);
  expect(evaluate({ type: 'path', path: 'constructor' }, variables)).toBeNull();
  expect(evaluate({ type: 'path', path: '__proto__' }, variables)).toBeNull();
});

test('not turns the truth around', () =>
  expect(evaluate({ type: 'not', operand: value('x') }, {})).toBe(false));

test('text that doubles stays within bounds', () => {
  const long = 'x'.repeat(1500);
  expect(evaluate(binary(long, '+', long), {})).toHaveLength(2000);
});
