import { test } from 'vitest';
import { duplicateTrigger } from './duplicate-trigger.ts';
import { expectFaults, expectNone } from './harness.fixture.ts';

test.each([
  ['1', '1'],
  ['"yes"', '"Yes!"'],
  ['@no', '@no'],
  ['else', 'else'],
  ['"I do not know"', '"I don\'t know"'],
])('%s again as %s', (first, second) =>
  expectFaults(duplicateTrigger, `[start]\n-> ${first}: END\n-> ${second}: REPEAT`, [
    ['DS211', '3:4', second],
  ]),
);

test('twice in one branch', () =>
  expectFaults(duplicateTrigger, '[start]\n-> 1, 1: END', [['DS211', '2:7', '1']]));

test('after a guarded branch the same trigger may follow', () =>
  expectNone(duplicateTrigger, '[start]\n-> 1: END if vip == true\n-> 1: REPEAT'));

test('other nodes have triggers of their own', () =>
  expectNone(duplicateTrigger, '[start]\n-> 1: next\n[next]\n-> 1: END'));
