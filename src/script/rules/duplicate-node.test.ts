import { test } from 'vitest';
import { duplicateNode } from './duplicate-node.ts';
import { expectFaults, expectNone } from './harness.fixture.ts';

test('the second definition is at fault', () =>
  expectFaults(duplicateNode, '[start]\n-> END\n[start]\n-> END', [['DS103', '3:2', 'start']]));

test('each further one is reported', () =>
  expectFaults(duplicateNode, '[a]\n-> END\n[a]\n-> END\n[a]\n-> END', [
    ['DS103', '3:2', 'a'],
    ['DS103', '5:2', 'a'],
  ]));

test('names differ by case', () => expectNone(duplicateNode, '[start]\n-> END\n[Start]\n-> END'));
