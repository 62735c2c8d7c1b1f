import { test } from 'vitest';
import { afterUnconditional } from './after-unconditional.ts';
import { expectFaults, expectNone } from './harness.fixture.ts';

test('a branch below one that is always taken', () =>
  expectFaults(afterUnconditional, '[start]\n-> END\n-> start if a', [
    ['DS224', '3:1', '-> start if a'],
  ]));

test('an if-chain ends with an unconditional branch', () =>
  expectNone(afterUnconditional, '[start]\n-> start if a\n-> END'));

test('beside triggers it is another fault', () =>
  expectNone(afterUnconditional, '[start]\n-> END\n-> 1: END'));
