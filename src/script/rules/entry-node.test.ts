import { test } from 'vitest';
import { entryNode } from './entry-node.ts';
import { expectFaults, expectNone } from './harness.fixture.ts';

test('without nodes', () => expectFaults(entryNode, '// nothing yet', [['DS201', '1:1', '']]));

test('without start, the first node is named', () =>
  expectFaults(entryNode, '\n[hello]\n-> END', [['DS201', '2:2', 'hello']]));

test('start may stand anywhere', () => expectNone(entryNode, '[hello]\n-> END\n[start]\n-> hello'));
