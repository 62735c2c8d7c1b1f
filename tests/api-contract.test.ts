import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { routeEntries } from '../src/contract/api.ts';
import { FEATURES, PLANS } from '../src/contract/rule.ts';
import { accessTable } from '../src/http/api/access-table.ts';

const page = readFileSync(resolve(import.meta.dirname, '../docs/api.md'), 'utf8');

test('docs/api.md has the table of who may do what, as the code has it', () => {
  const shown = page.split('\n').filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE) /.test(line));
  expect(shown.map(withoutPadding)).toEqual(accessTable().map(withoutPadding));
});

test('docs/api.md says what each plan has', () => {
  for (const plan of PLANS) {
    expect(page).toMatch(new RegExp(`\\| \`${plan}\` *\\| ${FEATURES[plan].join(', ')} *\\|`));
  }
});

test.each(routeEntries())('%s: what changes something is in the audit log', (_, spec) => {
  if (spec.method === 'get') expect(spec.audit).toBeNull();
  else if (spec.audit === null)
    expect(['/auth/reset-request', '/auth/invitation']).toContain(spec.path);
});

test.each(routeEntries())('%s: its path parameters are declared', (_, spec) => {
  const named = [...spec.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  expect(Object.keys(spec.params?.shape ?? {})).toEqual(named);
});

test.each(routeEntries())('%s: a POST that answers 201 takes an Idempotency-Key', (name, spec) => {
  // A key is shown once; a stored answer would keep it.
  if (spec.status === 201 && name !== 'createApiKey') expect(spec.idempotent).toBeDefined();
});

function withoutPadding(line: string): string {
  return line.replace(/ +/g, ' ');
}
