import { expect, test } from 'vitest';
import { expectNone, faultsOf } from './harness.fixture.ts';
import { knownVariable } from './known-variable.ts';

const SCRIPT = `@default nickname "friend"
[start]
@set visits = 2
{{firstName}} {{lastNme}} {{nickname}} {{visits}} {{webhook.id}} {{spare | none}}
-> END`;

test('what nothing provides is at fault', () =>
  expect(faultsOf(knownVariable, SCRIPT, ['firstName', 'lastName'])).toEqual([
    ['DS132', '4:15', '{{lastNme}}'],
  ]));

test('nothing is unknown while nobody says what is known', () => expectNone(knownVariable, SCRIPT));
