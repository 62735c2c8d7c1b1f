import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../src/shared/errors.ts';

const ROOT = resolve(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/*.md', { cwd: ROOT }),
].sort();
const operations = read('docs/operations.md');

const variables = ['workers/voice/env.ts', 'workers/api/env.ts'].flatMap((file) =>
  [...read(file).matchAll(/Setting\(env, '([A-Z0-9_]+)'/g)].map(([, name = '']) => name),
);
const bindings = ['workers/voice/env.ts', 'workers/api/env.ts'].flatMap((file) =>
  [...read(file).matchAll(/readonly ([A-Z0-9_]+)\??:/g)].map(([, name = '']) => name),
);

test('the settings are found', () => expect(variables.length).toBeGreaterThan(5));

test.each([...new Set([...variables, ...bindings])])('operations.md explains %s', (name) => {
  expect(operations).toContain(`\`${name}\``);
});

test.each(ERROR_CODES)('operations.md says what to do about %s', (code) => {
  expect(operations).toMatch(
    new RegExp(`^\\| \`${code}\` *\\| \\d{3} *\\| \\S.* \\| \\S.* \\|$`, 'm'),
  );
});

test.each(pages)('%s links to files that exist', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links
    .filter((target) => !/^(https?:|mailto:|#)/.test(target))
    .filter((target) => {
      const [path = ''] = target.split('#');
      return !existsSync(join(ROOT, dirname(page), path));
    });
  expect(broken).toEqual([]);
});

test.each(pages)('%s names only npm commands that exist', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(page).matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test))\b/g)];
  const unknown = named
    .map(([, run, direct]) => run ?? direct ?? '')
    .filter((name) => !(name in scripts));
  expect(unknown).toEqual([]);
});

test.each(pages)('%s names only files of the repository that exist', (page) => {
  const paths = [
    ...read(page).matchAll(
      /`((?:src|workers|cli|tests|bench|drill|docs|migrations|web)\/[\w./-]+)`/g,
    ),
  ].map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('the script of README.md is the sample whose compilation it describes', () => {
  const [, shown = ''] = /```destiny\n(.*?)```/s.exec(read('README.md')) ?? [];
  expect(shown).toBe(read('src/script/fixtures/samples/sample.destiny'));
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
