import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sectionOf } from './diagnostic-section.ts';

const PAGE = readFileSync('docs/destiny-script-diagnostics.md', 'utf8');

test('a code has its example, what the compiler says, and the mended script', () => {
  const parts = sectionOf(PAGE, 'DS101');
  expect(parts.map(({ kind }) => kind)).toEqual(['code', 'code', 'text', 'code']);
  expect(parts[0]?.text).toBe('[start\nHi, this is Acme Dental.\n-> END');
  expect(parts[1]?.text).toContain('DS101');
});

test('every code of the page is found, and no other', () => {
  const codes = [...PAGE.matchAll(/^## (DS\d+)$/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(30);
  for (const code of codes) expect(sectionOf(PAGE, code).length).toBeGreaterThan(1);
  expect(sectionOf(PAGE, 'DS999')).toEqual([]);
});
