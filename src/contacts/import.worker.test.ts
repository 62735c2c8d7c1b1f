import { expect, test } from 'vitest';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { contact, contactList, contactListMember, suppression } from '../db/schema/contact.ts';
import { type ImportMapping, importRejection } from '../db/schema/import.ts';
import { utf8 } from '../shared/bytes.ts';
import { MemoryStore } from '../store/memory-store.ts';
import type { TenantContext } from '../tenants/context.ts';
import { fileKey, findImport } from './find-import.ts';
import { importChunk } from './import-chunk.ts';
import { type ImportJob, resumeImport } from './import-lease.ts';
import { pruneUploads, UPLOAD_LIVES_MS } from './prune-uploads.ts';
import { createImport, receiveFile } from './receive-file.ts';
import { cancelImport, startImport } from './start-import.ts';

const MAPPING: ImportMapping = { number: 'Phone', externalId: 'Id', fields: { firstName: 'Name' } };

async function setUp(
  text: string,
  kind: 'contacts' | 'suppressions' = 'contacts',
  clock = manualClock(),
) {
  const ctx = await newTenant({ clock });
  const store = new MemoryStore();
  const jobs: ImportJob[] = [];
  const queue = { send: async (job: ImportJob) => void jobs.push(job) };
  const { id } = await createImport(ctx, { name: 'May', kind });
  const bytes = utf8(text);
  await receiveFile(ctx, store, id, { body: new Blob([bytes]).stream(), bytes: bytes.length });
  const start = async (state: 'checking' | 'running', mapping = MAPPING) => {
    await startImport(ctx, queue, { importId: id, state, mapping });
    return work(ctx, store, jobs.at(-1) ?? null);
  };
  return { ctx, store, jobs, queue, id, start };
}

async function work(ctx: TenantContext, store: MemoryStore, first: ImportJob | null) {
  for (let job = first; job !== null; ) job = await importChunk(ctx, store, job);
}

const people = (count: number) =>
  `Id,Phone,Name\n${Array.from({ length: count }, (_, i) => `p${i},+1212555${String(i).padStart(4, '0')},"Name ${i}, of the file"`).join('\n')}\n`;

test('rows go in, numbers become E.164, and what is wrong is told with its line', async () => {
  const { ctx, start, id } = await setUp(
    'Id,Phone,Name\na,(212) 555-0101,Ana\nb,12,Bob\nc,+44 20 7946 0958,Cy\na,212-555-0102,\n',
  );
  await start('running');
  expect(await findImport(ctx, id)).toMatchObject({
    ...{ state: 'done', added: 2, changed: 0, duplicates: 1, rejected: 1, leaseUntil: null },
  });
  const rows = await ctx.db.find(contact);
  expect(rows.map(({ externalId, e164, fields }) => [externalId, e164, fields])).toEqual([
    ['a', '+12125550102', { firstName: 'Ana' }],
    ['c', '+442079460958', { firstName: 'Cy' }],
  ]);
  expect(await ctx.db.find(importRejection)).toMatchObject([
    { line: 3, code: 'invalid_number', message: expect.stringContaining('"12"') },
  ]);
});

test('a dry run writes no contact, and the run after it starts anew', async () => {
  const { ctx, start, id } = await setUp('Id,Phone,Name\na,+12125550101,Ana\nb,x,Bob\n');
  await start('checking');
  expect(await findImport(ctx, id)).toMatchObject({ state: 'checked', added: 1, rejected: 1 });
  expect(await ctx.db.find(contact)).toEqual([]);
  await start('running');
  expect(await findImport(ctx, id)).toMatchObject({ state: 'done', added: 1, rejected: 1 });
  expect(await ctx.db.find(contact)).toHaveLength(1);
});

test('a second import changes who is known, and leaves what its file does not say', async () => {
  const { ctx, store, jobs, queue, start } = await setUp(people(3));
  await start('running');
  const text = 'Id,Phone,City\np1,+12125559999,Bath\n';
  const second = await createImport(ctx, { name: 'June', kind: 'contacts' });
  const body = new Blob([utf8(text)]).stream();
  await receiveFile(ctx, store, second.id, { body, bytes: text.length });
  const mapping = { number: 'Phone', externalId: 'Id', fields: { city: 'City' } };
  await startImport(ctx, queue, { importId: second.id, state: 'running', mapping });
  await work(ctx, store, jobs.pop() ?? null);
  expect(await findImport(ctx, second.id)).toMatchObject({ added: 0, changed: 1, duplicates: 0 });
  const [changed] = (await ctx.db.find(contact)).filter(({ externalId }) => externalId === 'p1');
  expect(changed).toMatchObject({
    e164: '+12125559999',
    fields: { firstName: 'Name 1, of the file', city: 'Bath' },
  });
});

test('killed and resumed, or two at once: no row is lost, none counted twice', async () => {
  const { ctx, store, jobs, queue, id } = await setUp(people(9_000));
  await startImport(ctx, queue, { importId: id, state: 'running', mapping: MAPPING });
  const [first] = jobs;
  if (first === undefined) throw new Error('nothing was queued');
  // The same message twice, at the same time: one of them moves the cursor.
  const both = await Promise.all([importChunk(ctx, store, first), importChunk(ctx, store, first)]);
  expect(both.filter((next) => next !== null)).toHaveLength(1);
  // Its follower is lost with its Worker; cron finds the lease run out.
  await resumeImport(ctx, queue, id);
  expect(jobs).toHaveLength(1);
  await ctx.clock.sleep(61_000);
  await resumeImport(ctx, queue, id);
  expect(jobs).toHaveLength(2);
  await work(ctx, store, first);
  await work(ctx, store, jobs[1] ?? null);
  expect(await findImport(ctx, id)).toMatchObject({
    ...{ state: 'done', added: 9_000, changed: 0, duplicates: 0, rejected: 0 },
  });
  const rows = await ctx.db.find(contact);
  expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(9_000);
});

test('a cancelled import writes no further row, and may be run again', async () => {
  const { ctx, store, jobs, queue, id, start } = await setUp(people(9_000));
  await startImport(ctx, queue, { importId: id, state: 'running', mapping: MAPPING });
  const next = await importChunk(ctx, store, jobs[0] as ImportJob);
  const before = (await ctx.db.find(contact)).length;
  await cancelImport(ctx, id);
  await work(ctx, store, next);
  expect(await ctx.db.find(contact)).toHaveLength(before);
  expect(before).toBeLessThan(9_000);
  await start('running');
  expect(await ctx.db.find(contact)).toHaveLength(9_000);
});

test('rows go into a list, with the consent that the mapping names', async () => {
  const { ctx, start } = await setUp(people(2));
  await ctx.db.run(ctx.db.insert(contactList, { id: 'lst_1', name: 'May', createdAt: 1 }));
  const consent = { kind: 'calls', source: 'intake form', at: 1_770_000_000_000 };
  await start('running', { ...MAPPING, listId: 'lst_1', consent });
  expect(await ctx.db.find(contactListMember)).toHaveLength(2);
  expect(await ctx.db.find(contact)).toMatchObject([
    { consentKind: 'calls', consentSource: 'intake form', consentAt: 1_770_000_000_000 },
    { consentKind: 'calls' },
  ]);
});

test('numbers not to be called: each once, with the import as its source', async () => {
  const text = 'Phone\n+12125550101\n(212) 555-0101\n+12125550102\nnonsense\n';
  const { ctx, start, id } = await setUp(text, 'suppressions');
  await start('running', { number: 'Phone', fields: {} });
  expect(await findImport(ctx, id)).toMatchObject({ added: 2, duplicates: 1, rejected: 1 });
  expect(await ctx.db.find(suppression)).toMatchObject([
    { e164: '+12125550101', reason: 'import', source: 'May' },
    { e164: '+12125550102', reason: 'import', source: 'May' },
  ]);
});

test('a column that the file has not, and a list that is nobody’s, are refused', async () => {
  const { start } = await setUp(people(1));
  const missing = { ...MAPPING, number: 'Telefon' };
  await expect(start('running', missing)).rejects.toThrow('The file has no column "Telefon".');
  await expect(start('running', { ...MAPPING, listId: 'lst_x' })).rejects.toThrow('no list');
});

test('a file and what was refused of it are kept for a week', async () => {
  const clock = manualClock();
  const { ctx, store, start, id } = await setUp('Id,Phone,Name\na,12,Ana\n', 'contacts', clock);
  await start('running');
  expect(await ctx.db.find(importRejection)).toHaveLength(1);
  clock.advance(UPLOAD_LIVES_MS - 1);
  expect(await pruneUploads(ctx, store)).toBe(0);
  clock.advance(2);
  expect(await pruneUploads(ctx, store)).toBe(1);
  expect(await store.head(fileKey(ctx, id))).toBeNull();
  expect(await ctx.db.find(importRejection)).toEqual([]);
  expect(await pruneUploads(ctx, store)).toBe(0);
});
