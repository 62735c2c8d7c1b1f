import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { shadowedKey } from './shadowed-key.ts';

test('a key after its own beginning', () =>
  expectFaults(shadowedKey, '[start]\n-> 1: END\n-> 12: END', [['DS214', '3:4', '12']]));

test('whatever their order', () =>
  expectFaults(shadowedKey, '[start]\n-> 12, 3: END\n-> 1: END', [['DS214', '2:4', '12']]));

test('keys that only share an end', () =>
  expectNone(shadowedKey, '[start]\n-> 1: END\n-> 21: END'));
