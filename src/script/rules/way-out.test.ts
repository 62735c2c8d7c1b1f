import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { wayOut } from './way-out.ts';

test('no branch', () => expectFaults(wayOut, '[start]\nHi', [['DS220', '1:2', 'start']]));

test('only guarded branches', () =>
  expectFaults(wayOut, '[start]\n-> END if a == 1\n-> END if a == 2', [['DS220', '1:2', 'start']]));

test.each(['-> END', '-> END if a\n-> END', '-> 1: END if a', '-> nowhere +'])('%s', (branches) =>
  expectNone(wayOut, `[start]\n${branches}`),
);
