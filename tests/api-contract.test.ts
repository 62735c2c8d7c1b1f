import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { routeEntries } from '../src/contract/api.ts';
import { routes } from '../src/contract/route.ts';
import { FEATURES, PLANS } from '../src/contract/rule.ts';
import { accessTable } from '../src/http/api/access-table.ts';
import type { Handlers } from '../src/http/api/context.ts';

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
  // A secret is shown once; a stored answer would keep it.
  const showsSecret = ['createApiKey', 'createEndpoint'].includes(name);
  if (spec.status === 201 && !showsSecret) expect(spec.idempotent).toBeDefined();
});

test('a route without a rule, or without a handler, does not compile', () => {
  const rest = { method: 'get', path: '/x', tag: 'x', summary: 'x', status: 200 } as const;
  // @ts-expect-error the rule is missing
  routes({ lawless: { ...rest, returns: null, audit: null } });
  // @ts-expect-error all other handlers are missing
  const handlers: Handlers = { readHealth: async () => ({ isHealthy: true, checks: [] }) };
  expect(Object.keys(handlers)).toHaveLength(1);
});

function withoutPadding(line: string): string {
  return line.replace(/ +/g, ' ');
}
