import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Which rooms a room may import besides itself and `shared`. Pure rooms come first; verbs import
 * db, ports and pure files; http imports verbs and contract; nobody imports the simulator.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  flow: [],
  script: ['flow'],
  store: [],
  audio: ['flow', 'db', 'store'],
  telephony: ['flow', 'audio'],
  db: ['flow', 'telephony'],
  tenants: ['db', 'dialing'],
  contacts: ['db', 'tenants', 'dialing', 'store'],
  scripts: ['db', 'tenants', 'flow', 'script', 'audio'],
  calls: ['db', 'tenants', 'flow', 'audio', 'telephony'],
  dialing: ['db', 'tenants', 'flow', 'audio', 'telephony', 'scripts', 'calls'],
  messaging: ['db', 'tenants', 'flow', 'telephony', 'scripts', 'calls', 'dialing', 'contacts'],
  live: ['db'],
  moves: ['db'],
  webhooks: ['db', 'tenants'],
  analytics: ['db', 'tenants', 'dialing', 'calls'],
  recordings: ['db', 'tenants', 'store', 'telephony'],
  inbound: [
    ...['db', 'tenants', 'audio', 'telephony', 'scripts', 'calls', 'contract', 'dialing'],
    ...['messaging'],
  ],
  campaigns: [
    ...['calls', 'db', 'tenants', 'flow', 'audio', 'scripts', 'dialing', 'telephony'],
    'messaging',
  ],
  contract: [],
  identity: ['contract', 'db', 'tenants'],
  agents: ['calls', 'db', 'dialing', 'telephony', 'tenants'],
  erasure: ['audio', 'db', 'recordings', 'scripts', 'store', 'tenants'],
  operations: ['analytics', 'db', 'tenants', 'telephony', 'dialing'],
  numbers: ['db', 'tenants', 'telephony'],
  health: [],
  http: [
    ...[
      'erasure',
      'agents',
      'analytics',
      'audio',
      'calls',
      'campaigns',
      'contacts',
      'contract',
      'db',
      'dialing',
    ],
    ...['health', 'identity', 'inbound', 'live', 'messaging', 'moves', 'numbers'],
    'operations',
    ...['recordings', 'script', 'scripts', 'store'],
    ...['telephony', 'tenants', 'webhooks'],
  ],
};

/** Packages that only some rooms may know. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  'drizzle-orm': [
    ...['db', 'audio', 'calls', 'campaigns', 'contacts', 'dialing', 'identity', 'inbound'],
    ...[
      'messaging',
      'numbers',
      'recordings',
      'scripts',
      'tenants',
      'analytics',
      'operations',
      'webhooks',
      'erasure',
    ],
  ],
  'better-auth': ['identity'],
  hono: ['http'],
  '@hono/zod-openapi': ['http'],
  zod: ['contract', 'http'],
  jose: ['agents', 'audio'],
  aws4fetch: ['store'],
  papaparse: ['contacts'],
  'libphonenumber-js': ['contacts'],
  twilio: ['telephony'],
  'cloudflare:workers': ['agents', 'audio', 'calls', 'dialing', 'identity', 'live', 'messaging'],
};

const sources = globSync('src/**/*.ts', { cwd: ROOT }).filter(
  (file) => !/\.(test|suite|fixture)\./.test(file),
);
const imports = sources.flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
    ([, target = '']) => ({ file, room: roomOf(file), target }),
  ),
);

test('every room is in the table', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect([...new Set(sources.map(roomOf))].filter((room) => !(room in MAY_IMPORT))).toEqual([]);
});

test('rooms import only where the table lets them', () => {
  const wrong = imports.filter(({ file, room, target }) => {
    if (!target.startsWith('.')) return false;
    const found = roomOf(relative(ROOT, resolve(ROOT, dirname(file), target)));
    return ![room, 'shared', ...(MAY_IMPORT[room] ?? [])].includes(found);
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

test('packages stay in their rooms, and Node never enters src', () => {
  const wrong = imports.filter(({ room, target }) => {
    if (target.startsWith('.')) return false;
    if (target.startsWith('node:')) return true;
    const name = Object.keys(ONLY_IN).find(
      (known) => target === known || target.startsWith(`${known}/`),
    );
    return name === undefined || !ONLY_IN[name]?.includes(room);
  });
  expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
});

test('the product, the page and the simulator keep apart', () => {
  const simulator = globSync('workers/simulator/**/*.ts', { cwd: ROOT });
  const product = globSync('{src,workers/voice,workers/api}/**/*.ts', { cwd: ROOT });
  const crossing = [
    ...simulator.filter((file) => /from '(\.\.\/)+(src|voice|api)\//.test(read(file))),
    ...product.filter((file) => /from '[^']*simulator/.test(read(file))),
    ...product.filter((file) => /from '[^']*\/web\//.test(read(file))),
  ];
  expect(crossing).toEqual([]);
});

/** What of the product runs in the browser as well. */
const PAGE_MAY_IMPORT =
  /^src\/(flow|script)\/|^src\/(live\/client|contract\/rule|agents\/(client|http-softphone))\.ts$/;
/** A folder of the page may import those after it. */
const PAGE_LAYERS = ['shell', 'pages', 'features', 'softphone', 'ui', 'api', 'lib'];

const pageImports = globSync('web/src/**/*.{ts,tsx}', { cwd: ROOT })
  .filter((file) => !file.includes('.test.'))
  .flatMap((file) =>
    [...read(file).matchAll(/import (type )?[^;]*?from '(\.[^']+)'/g)].map(
      ([, type, target = '']) => ({
        file,
        isType: type !== undefined,
        found: relative(ROOT, resolve(ROOT, dirname(file), target)),
      }),
    ),
  );

test('the page runs nothing of the product but language, engine, rules and the clients of feed and desk', () => {
  const wrong = pageImports.filter(
    ({ found, isType }) => !found.startsWith('web/') && !isType && !PAGE_MAY_IMPORT.test(found),
  );
  expect(pageImports.length).toBeGreaterThan(100);
  expect(wrong.map(({ file, found }) => `${file} imports ${found}`)).toEqual([]);
});

test('folders of the page import downwards', () => {
  const layerOf = (file: string) => PAGE_LAYERS.indexOf(file.split('/')[2] ?? '');
  const wrong = pageImports.filter(
    ({ file, found }) =>
      found.startsWith('web/') &&
      layerOf(file) !== -1 &&
      layerOf(found) !== -1 &&
      layerOf(found) < layerOf(file),
  );
  expect(wrong.map(({ file, found }) => `${file} imports ${found}`)).toEqual([]);
});

test('time and randomness enter below workers/ as parameters', () => {
  const clocks = /\b(Date\.now\(\)|new Date\(\)|Math\.random\(\)|setTimeout\()/;
  const found = sources.filter((file) => clocks.test(withoutComments(read(file))));
  expect(found).toEqual([]);
});

test('no file written by hand has more than 400 lines', () => {
  const files = globSync('{src,workers,cli,drill,web/src}/**/*.{ts,tsx,mjs}', { cwd: ROOT });
  expect(files.filter((file) => read(file).split('\n').length > 401)).toEqual([]);
});

function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
