import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { manualClock, newTenant, testCancels, testDatabases } from '../../tests/support/tenant.ts';
import { upsertContacts } from '../contacts/upsert-contacts.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { contact, contactList, contactListMember } from '../db/schema/contact.ts';
import { cloneCampaign } from './clone-campaign.ts';
import { enrolList } from './enrol-contacts.ts';
import { listEnrolments } from './list-enrolments.ts';
import type { PrimeJob } from './request-speech.ts';
import { launchScheduled, scheduleCampaign, unscheduleCampaign } from './schedule-campaign.ts';

async function setUp(numbers?: readonly string[]) {
  const clock = manualClock(Date.parse('2026-03-06T12:00:00Z'));
  const ctx = await newTenant({ clock });
  const own = await newCampaign(ctx, {
    ...{ state: 'draft', enrolment: 'pending' },
    ...(numbers === undefined ? {} : { numbers }),
  });
  const jobs: PrimeJob[] = [];
  const prime = { send: async (job: PrimeJob) => void jobs.push(job) };
  const read = async () => ctx.db.findOne(campaign, eq(campaign.id, own.id));
  return { ctx, clock, jobs, prime, read, campaignId: own.id, contactIds: own.contactIds };
}

test('a draft begins at its local time, on the other side of a change of clocks', async () => {
  const { ctx, clock, jobs, prime, read, campaignId } = await setUp();
  // Clocks in Denver go forward on March 8, so nine o'clock is an hour earlier in UTC.
  const wish = { campaignId, at: '2026-03-09T09:00', timeZone: 'America/Denver' };
  const { scheduledAt } = await scheduleCampaign(ctx, prime, wish);
  expect(new Date(scheduledAt).toISOString()).toBe('2026-03-09T15:00:00.000Z');
  expect(jobs).toHaveLength(1);
  const due = async () => {
    const found = await testDatabases.platform.dueCampaigns(clock.now());
    return found.filter((one) => one.campaignId === campaignId);
  };
  clock.advance(scheduledAt - clock.now() - 1);
  expect(await due()).toEqual([]);
  clock.advance(1);
  expect(await due()).toEqual([{ tenantId: ctx.tenant.id, campaignId }]);
  await launchScheduled(ctx, { cancel: testCancels, prime }, campaignId);
  expect(await read()).toMatchObject({ state: 'running', launchedAt: scheduledAt });
  expect(await due()).toEqual([]);
});

test('a schedule that was taken back starts nothing, even when cron has read it before', async () => {
  const { ctx, prime, read, campaignId } = await setUp();
  await scheduleCampaign(ctx, prime, { campaignId, at: '2026-03-07T09:00' });
  expect(await unscheduleCampaign(ctx, campaignId)).toEqual({ state: 'draft' });
  const late = launchScheduled(ctx, { cancel: testCancels, prime }, campaignId);
  await expect(late).rejects.toMatchObject({ code: 'conflict' });
  expect(await read()).toMatchObject({ state: 'draft', scheduledAt: null });
});

test.each([
  ['2026-03-01T09:00', undefined, 'past'],
  ['tomorrow', undefined, 'not a local time'],
  ['2026-05-01T09:00', 'Mars/Base', 'not a time zone'],
])('%s in %s is refused', async (at, timeZone, why) => {
  const { ctx, prime, campaignId } = await setUp();
  await expect(scheduleCampaign(ctx, prime, { campaignId, at, timeZone })).rejects.toThrow(why);
});

test('a clone has the settings, and those whom the campaign did not reach', async () => {
  const { ctx, campaignId, contactIds, read } = await setUp(['+12125550001', '+12125550002']);
  const [reached = '', missed = ''] = contactIds;
  await ctx.db.run(ctx.db.update(enrolment, { state: 'done' }, eq(enrolment.contactId, reached)));
  await ctx.db.run(ctx.db.update(contact, { e164: '+12125550003' }, eq(contact.id, missed)));
  const made = await cloneCampaign(ctx, { campaignId, name: 'Again', contacts: 'unreached' });
  const before = await read();
  expect(await ctx.db.findOne(campaign, eq(campaign.id, made.id))).toMatchObject({
    ...{ name: 'Again', state: 'draft', scriptId: before?.scriptId, isPrimed: false },
    ...{ retrySeconds: before?.retrySeconds, fromNumber: before?.fromNumber, launchedAt: null },
  });
  expect(await listEnrolments(ctx, { campaignId: made.id, limit: 10 })).toMatchObject([
    { contactId: missed, number: '+12125550003', state: 'pending', attempts: 0 },
  ]);
  const all = await cloneCampaign(ctx, { campaignId, name: 'All', contacts: 'all' });
  expect(await listEnrolments(ctx, { campaignId: all.id, limit: 10 })).toHaveLength(2);
  const none = await cloneCampaign(ctx, { campaignId, name: 'None', contacts: 'none' });
  expect(await listEnrolments(ctx, { campaignId: none.id, limit: 10 })).toEqual([]);
});

test('a list is enrolled, once', async () => {
  const { ctx, campaignId } = await setUp();
  const person = { externalId: 'a', number: '+12125550007', fields: {} };
  const { contacts } = await upsertContacts(ctx, [person]);
  const contactId = contacts[0]?.id ?? '';
  await ctx.db.run(ctx.db.insert(contactList, { id: 'lst_1', name: 'May', createdAt: 1 }));
  await ctx.db.run(ctx.db.insert(contactListMember, { listId: 'lst_1', contactId }));
  const wish = { campaignId, listId: 'lst_1' };
  expect(await enrolList(ctx, wish)).toEqual({ enrolled: 1 });
  expect(await enrolList(ctx, wish)).toEqual({ enrolled: 0 });
  await expect(enrolList(ctx, { campaignId, listId: 'lst_x' })).rejects.toThrow('no list');
});

test('a number that changes moves into the enrolments that wait', async () => {
  const { ctx, campaignId } = await setUp();
  const person = { externalId: 'a', number: '+12125550007', fields: {} };
  const { contacts } = await upsertContacts(ctx, [person]);
  const contactId = contacts[0]?.id ?? '';
  const row = { campaignId, contactId, e164: person.number, attempts: 0 };
  await ctx.db.run(ctx.db.insert(enrolment, { ...row, state: 'pending' }));
  const begun = { ...row, campaignId: 'cmp_begun', state: 'active' } as const;
  await ctx.db.run(ctx.db.insert(enrolment, begun));
  await upsertContacts(ctx, [{ ...person, number: '+12125550008' }]);
  const found = await ctx.db.find(enrolment, eq(enrolment.contactId, contactId));
  expect(Object.fromEntries(found.map((one) => [one.state, one.e164]))).toEqual({
    pending: '+12125550008',
    active: '+12125550007',
  });
});
