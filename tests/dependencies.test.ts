import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
// MPL-2.0 binds its own files only; axe-core is a tool of the tests.
const ALLOWED = /^(MPL-2\.0|MIT|ISC|Apache-2\.0|BSD-[\w-]+|MIT OR Apache-2\.0)$/;

type Manifest = {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

const { dependencies = {}, devDependencies = {} } = manifest('package.json');
const packages = Object.entries({ ...dependencies, ...devDependencies });
const page = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
const described = [...page.matchAll(/^\| `([^`]+)`\s*\| ([\d.]+)\s*\| ([^|]+?)\s*\| \S/gm)].map(
  ([, name = '', version = '', licence = '']) => ({ name, version, licence }),
);

test.each(packages)('%s has an exact version', (_, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('docs/dependencies.md has a line for every package, with version and licence', () => {
  const used = packages.map(([name, version]) => ({
    name,
    version,
    licence: manifest(`node_modules/${name}/package.json`).license,
  }));
  expect(byName(described)).toEqual(byName(used));
});

test.each(packages)(
  '%s is installed in that version under a licence we may use',
  (name, version) => {
    const installed = manifest(`node_modules/${name}/package.json`);
    expect(installed.version).toBe(version);
    expect(installed.license).toMatch(ALLOWED);
  },
);

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function byName<T extends { readonly name: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
