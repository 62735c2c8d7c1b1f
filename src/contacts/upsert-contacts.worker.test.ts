import { expect, test } from 'vitest';
import { newTenant } from '../../tests/support/tenant.ts';
import { contact } from '../db/schema/contact.ts';
import { type ContactInput, upsertContacts } from './upsert-contacts.ts';

const row = (externalId: string, changed: Partial<ContactInput> = {}): ContactInput => ({
  externalId,
  number: '+12125550001',
  fields: { firstName: 'Maria' },
  ...changed,
});

test('rows that are wrong are left out and named; the others go in', async () => {
  const ctx = await newTenant();
  const { contacts, rejected } = await upsertContacts(ctx, [
    row('a'),
    row('b', { number: '555-0001' }),
    row('c', { timeZone: 'Mars/Base' }),
    row('d', { timeZone: 'Asia/Kolkata', number: '+12125550002' }),
  ]);
  expect(contacts.map(({ externalId }) => externalId)).toEqual(['a', 'd']);
  expect(rejected).toEqual([
    {
      index: 1,
      code: 'invalid_number',
      message: '"555-0001" is not an E.164 number; write it like +15551234567.',
    },
    {
      index: 2,
      code: 'invalid_input',
      message: '"Mars/Base" is not a time zone; write it like America/New_York.',
    },
  ]);
  const stored = await ctx.db.find(contact);
  expect(stored.map(({ externalId, e164, timeZone }) => [externalId, e164, timeZone])).toEqual([
    ['a', '+12125550001', null],
    ['d', '+12125550002', 'Asia/Kolkata'],
  ]);
});

test('all rows wrong: nothing goes in, nothing fails', async () => {
  const ctx = await newTenant();
  const { contacts, rejected } = await upsertContacts(ctx, [row('a', { number: '' })]);
  expect(contacts).toEqual([]);
  expect(rejected).toHaveLength(1);
});

test('a contact that is known by its externalId is changed and keeps its id', async () => {
  const ctx = await newTenant();
  const first = await upsertContacts(ctx, [row('a', { timeZone: 'Asia/Kolkata' })]);
  await ctx.clock.sleep(1000);
  const changed = row('a', { number: '+12125550009', fields: { firstName: 'Ana', city: 'Bath' } });
  const second = await upsertContacts(ctx, [changed]);
  expect(second).toEqual(first);
  const now = ctx.clock.now();
  expect(await ctx.db.find(contact)).toMatchObject([
    {
      id: first.contacts[0]?.id,
      e164: '+12125550009',
      timeZone: null,
      fields: { firstName: 'Ana', city: 'Bath' },
      createdAt: now - 1000,
      updatedAt: now,
    },
  ]);
});

test('values are stored as they are, whatever is in them', async () => {
  const ctx = await newTenant();
  const fields = { name: 'Zoë "Z" O’Neil\n', note: "'); DROP TABLE contact; --", empty: '' };
  await upsertContacts(ctx, [row('a', { fields })]);
  expect((await ctx.db.find(contact))[0]?.fields).toEqual(fields);
});

test('the same externalId of two tenants is two contacts', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  await upsertContacts(one, [row('a')]);
  await upsertContacts(other, [row('a', { number: '+12125550009' })]);
  expect(await one.db.find(contact)).toMatchObject([{ e164: '+12125550001' }]);
});

test('five hundred go in at once', async () => {
  const ctx = await newTenant();
  const rows = Array.from({ length: 500 }, (_, i) =>
    row(`x${i}`, { fields: { note: 'n'.repeat(1000) } }),
  );
  expect((await upsertContacts(ctx, rows)).contacts).toHaveLength(500);
});
