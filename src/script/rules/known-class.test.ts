import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { knownClass } from './known-class.ts';

test('an unknown class', () =>
  expectFaults(knownClass, '[start]\n-> @yes, @sure: END', [['DS203', '2:10', '@sure']]));

test('every built-in class is known', () =>
  expectNone(
    knownClass,
    `[start]
-> @yes, @no, @maybe, @repeat, @agent, @stop, @cancel, @bye, @later, @wrong_number, @number: END`,
  ));
