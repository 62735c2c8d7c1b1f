import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { silentLoop } from './silent-loop.ts';

test('a node that goes to itself', () =>
  expectFaults(silentLoop, '[start]\n-> start', [['DS225', '2:4', 'start']]));

test('REPEAT without listening', () =>
  expectFaults(silentLoop, '[start]\n-> REPEAT', [['DS225', '2:4', 'REPEAT']]));

test('a longer loop is reported where it closes, once', () =>
  expectFaults(silentLoop, '[start]\n-> a\n[a]\n-> b\n[b]\n-> a if x\n-> END', [
    ['DS225', '6:4', 'a'],
  ]));

test('a loop with a node that listens', () =>
  expectNone(silentLoop, '[start]\n-> a\n[a]\n-> 1: start\n-> else: REPEAT'));

test('two ways to one node are no loop', () =>
  expectNone(silentLoop, '[start]\n-> a if x\n-> b\n[a]\n-> b\n[b]\n-> END'));

test('a chain longer than the stack', () => {
  const chain = Array.from({ length: 20_000 }, (_, i) => `[n${i}]\n-> n${i + 1}`).join('\n');
  expectNone(silentLoop, chain);
});
