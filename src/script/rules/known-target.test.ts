import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { knownTarget } from './known-target.ts';

test.each(['-> nowhere', '-> 1: nowhere', '-> else: nowhere #late if a == 1'])('%s', (branch) =>
  expectFaults(knownTarget, `[start]\n${branch}`, [
    ['DS202', `2:${branch.indexOf('nowhere') + 1}`, 'nowhere'],
  ]),
);

test('@fallback and the agent of @globals are targets too', () =>
  expectFaults(knownTarget, '@fallback lost\n@globals agent -> gone\n[start]\n-> END', [
    ['DS202', '1:11', 'lost'],
    ['DS202', '2:19', 'gone'],
  ]));

test('END, REPEAT and nodes further down are known', () =>
  expectNone(knownTarget, '@fallback END\n[start]\n-> 1: next\n-> 2: REPEAT\n[next]\n-> END'));
