import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { reachableNode } from './reachable-node.ts';

test('nothing leads there', () =>
  expectFaults(reachableNode, '[start]\n-> END\n[island]\n-> start', [['DS222', '3:2', 'island']]));

test('two nodes that lead only to each other', () =>
  expectFaults(reachableNode, '[start]\n-> END\n[a]\n-> b\n[b]\n-> a', [
    ['DS222', '3:2', 'a'],
    ['DS222', '5:2', 'b'],
  ]));

test('@fallback and the agent node are reached without a branch', () =>
  expectNone(
    reachableNode,
    '@fallback a\n@globals agent -> b\n[start]\n-> END\n[a]\n-> END\n[b]\n-> END',
  ));
