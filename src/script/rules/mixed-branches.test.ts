import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { mixedBranches } from './mixed-branches.ts';

test('a triggerless branch in a node that listens', () =>
  expectFaults(mixedBranches, '[start]\n-> 1: END\n-> REPEAT', [['DS226', '3:1', '-> REPEAT']]));

test('even when it is guarded', () =>
  expectFaults(mixedBranches, '[start]\n-> END if a\n-> 1: END', [
    ['DS226', '2:1', '-> END if a'],
  ]));

test('else has a trigger', () => expectNone(mixedBranches, '[start]\n-> 1: END\n-> else: REPEAT'));
