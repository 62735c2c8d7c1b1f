import { expect, test } from 'vitest';
import { compileScript } from '../../../../src/script/compile.ts';
import { runTests } from '../../../../src/script/run-tests.ts';
import { TEMPLATES } from './templates.ts';

test('there are six, each with a name of its own', () => {
  expect(new Set(TEMPLATES.map(({ name }) => name)).size).toBe(6);
});

test.each(TEMPLATES)('$name compiles without a remark, and its tests pass', async ({ content }) => {
  const { flow, diagnostics, tests } = await compileScript(content, { mode: 'publish' });
  expect(diagnostics).toEqual([]);
  expect(tests.length).toBeGreaterThan(1);
  if (flow === null) throw new Error('There is no flow');
  expect(runTests(flow, tests).filter(({ failure }) => failure !== null)).toEqual([]);
});
