import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { contact } from '../db/schema/contact.ts';
import { claimDue } from '../dialing/claim-due.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import type { TenantContext } from '../tenants/context.ts';
import { enrolEverybody } from './enrol-contacts.ts';
import { preflightCampaign } from './preflight.ts';
import { primeCampaign } from './prime-campaign.ts';
import { type PrimeJob, requestSpeech } from './request-speech.ts';

const SCRIPT = `[start]
Hi {{firstName}}, this is {{tenantName}}. Your visit is on {{day}}.
Will you come? Press 1 for yes, or 2 for no.
-> 1, @yes: END #confirmed
-> 2, @no: END #declined
`;
const SILENT = `[start]
Hi {{firstName}}.
-> END #done
`;

const deps = {
  flows: new FlowCache(),
  account: async () => ({ callsPerSecond: 1, maxConcurrentCalls: 100 }),
  speechRequestsPerMinute: 200,
  canText: async (e164: string) => e164 !== '+13105550199',
};
const look = (ctx: TenantContext, campaignId: string) =>
  preflightCampaign(ctx, deps, { campaignId });

const numbers = (count: number) =>
  Array.from({ length: count }, (_, n) => `+1212555${String(n).padStart(4, '0')}`);

async function setFields(ctx: TenantContext, id: string | undefined, fields: object) {
  const change = { fields: fields as Record<string, string> };
  await ctx.db.run(ctx.db.update(contact, change, eq(contact.id, id ?? '')));
}

const suppress = (ctx: TenantContext, e164: string) =>
  ctx.db.run(
    ctx.db.raw(
      `INSERT INTO suppression (tenant_id, e164, reason, created_at) VALUES (?1, ?2, 'manual', 0)`,
      e164,
    ),
  );

test('everybody is counted once, under the reason that the dial would give', async () => {
  const ctx = await newTenant();
  const fields = { firstName: 'Maria', day: 'Monday' };
  const all = { numbers: [...numbers(5), '+442071838750', '+19005550123'], fields, script: SCRIPT };
  const { id, contactIds } = await newCampaign(ctx, { ...all, enrolment: 'pending' });
  const [, second, third] = contactIds;
  await suppress(ctx, '+12125550000');
  await setFields(ctx, contactIds[0], {});
  await setFields(ctx, second, { firstName: '' });
  await setFields(ctx, third, { firstName: 'Jo' });
  expect(await look(ctx, id)).toMatchObject({
    people: 7,
    callable: 2,
    skipped: { suppressed: 1, missing_variable: 2, destination_not_allowed: 2 },
    later: { in_another_campaign: 0, dialled_too_often: 0 },
    missing: [
      { variable: 'day', people: 3 },
      { variable: 'firstName', people: 2 },
    ],
    withoutConsent: 7,
    withoutZone: 0,
    neverOpens: false,
    callsUsd: 0.03,
    warnings: [],
  });

  const jobs: PrimeJob[] = [];
  await requestSpeech(ctx, { send: async (job) => jobs.push(job) }, id);
  const made = new Map<string, { key: string; kind: 'static'; bytes: number }>();
  const ensureSpeech = async () => ({
    parts: made,
    made: new Set<string>(),
    left: new Set<string>(),
    failure: null,
  });
  for (const job of jobs) {
    await primeCampaign(ctx, { ...deps, ensureSpeech }, job, Number.POSITIVE_INFINITY);
  }
  const rows = await ctx.db.find(enrolment, eq(enrolment.campaignId, id));
  const reasons = rows.map(({ reason }) => reason?.split(':')[0] ?? 'called').sort();
  expect(reasons).toEqual([
    'called',
    'called',
    'called',
    // Two of them are refused by the gate, where the destination is asked for.
    'called',
    'missing_variable',
    'missing_variable',
    'suppressed',
  ]);
});

test('a value of the campaign fills what contacts lack, and an empty one of theirs does not', async () => {
  const ctx = await newTenant();
  const { id, contactIds } = await newCampaign(ctx, { numbers: numbers(3), script: SCRIPT });
  await setFields(ctx, contactIds[0], { firstName: 'Jo', day: '' });
  const variables = { day: 'Friday' };
  await ctx.db.run(ctx.db.update(campaign, { variables }, eq(campaign.id, id)));
  expect(await look(ctx, id)).toMatchObject({
    callable: 2,
    missing: [{ variable: 'day', people: 1 }],
  });
});

test('who is in a call of another campaign, or was dialled too often, is called later', async () => {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const { id, contactIds } = await newCampaign(ctx, { numbers: numbers(3) });
  const other = await newCampaign(ctx, { numbers: numbers(1) });
  await claimDue(ctx, { campaignId: other.id, limit: 10 });
  await ctx.db.run(
    ctx.db.raw(
      `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state,
         lease_until, dialing_at, created_at, ended_at)
       VALUES (?1, 'att_1', ?2, ?3, ?4, 1, 'ended', 0, ?5, ?5, ?5)`,
      ...[id, contactIds[1], '+12125550001', clock.now() - 3_600_000],
    ),
  );
  const limits = { dailyAttemptsPerNumber: 1 };
  await ctx.db.run(ctx.db.update(campaign, limits, eq(campaign.id, id)));
  const later = { in_another_campaign: 1, dialled_too_often: 1 };
  expect(await look(ctx, id)).toMatchObject({ callable: 1, later });
  clock.advance(24 * 3_600_000);
  expect((await look(ctx, id)).later.dialled_too_often).toBe(0);
});

test('speech is counted by its different texts', async () => {
  const ctx = await newTenant();
  const fields = { firstName: 'Maria', day: 'Monday' };
  const { id, contactIds } = await newCampaign(ctx, {
    numbers: numbers(6),
    fields,
    script: SCRIPT,
  });
  const before = (await look(ctx, id)).speech;
  await setFields(ctx, contactIds[0], { firstName: 'Jo', day: 'Monday' });
  await setFields(ctx, contactIds[1], { firstName: 'Jo', day: 'Tuesday' });
  const { speech } = await look(ctx, id);
  // "Hi Jo, this is Harbour Dental." and "Your visit is on Tuesday." are new.
  expect(speech.sentences).toBe(before.sentences + 2);
  expect(speech.chars).toBeGreaterThan(before.chars + 40);
  expect(speech.chars).toBeLessThan(before.chars + 70);
});

test('whom it has still to enrol is counted, and who was reached is not', async () => {
  const ctx = await newTenant();
  const { id, contactIds } = await newCampaign(ctx, { numbers: numbers(2), enrolment: 'pending' });
  await newCampaign(ctx, { numbers: ['+12125550010', '+12125550011'] });
  expect((await look(ctx, id)).people).toBe(2);
  await enrolEverybody(ctx, { campaignId: id });
  expect((await look(ctx, id)).people).toBe(4);
  const done = eq(enrolment.contactId, contactIds[0] ?? '');
  await ctx.db.run(ctx.db.update(enrolment, { state: 'done' }, done));
  expect((await look(ctx, id)).people).toBe(3);
});

test('a script that never says who calls is warned of, and hours that never open are told', async () => {
  const ctx = await newTenant();
  const { id } = await newCampaign(ctx, { script: SILENT });
  const night = { opensMinute: 0, closesMinute: 60 };
  await ctx.db.run(ctx.db.update(campaign, night, eq(campaign.id, id)));
  const found = await look(ctx, id);
  expect(found.warnings.map(({ code }) => code)).toContain('DS250');
  expect(found).toMatchObject({ neverOpens: true, finish: { at: null } });
});

test('a campaign of another tenant is not found', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const { id } = await newCampaign(one);
  await expect(look(other, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a campaign of texts tells their parts, their price, their pace, and what they lack', async () => {
  const ctx = await newTenant();
  const script =
    '@channels sms\n[start]\n{{tenantName}}: {{firstName}}, your visit is {{day}}. OK?\n-> @yes: END #confirmed\n-> @no: END #declined\n';
  const fields = { firstName: 'Maria', day: 'Monday' };
  const all = { numbers: numbers(3), fields, script, channel: 'sms' } as const;
  const { id, contactIds } = await newCampaign(ctx, { ...all, enrolment: 'pending' });
  await setFields(ctx, contactIds[0], {
    firstName: 'Zoë',
    day: 'ce vendredi, à neuf heures ☎ '.repeat(4),
  });
  await setFields(ctx, contactIds[1], { firstName: 'Jo' });
  await ctx.db.run(ctx.db.update(campaign, { callerIds: ['+13105550199'] }, eq(campaign.id, id)));
  const found = await look(ctx, id);
  expect(found).toMatchObject({ callable: 2, callsUsd: 0, speech: { sentences: 0, usd: 0 } });
  expect(found.missing).toEqual([{ variable: 'day', people: 1 }]);
  expect(found.texts).toMatchObject({
    ...{ segments: { mean: 2, most: 3 }, ucs2: 1, lookedAt: 2, saysOptOut: false },
    ...{ cannotSend: ['+13105550199'], usd: 0.05 },
  });
  expect(found.texts?.example).toMatch(/^Harbour Dental: /);
  // Two people of two parts, from two numbers that send a part a second.
  expect(found.finish).toEqual({ at: ctx.clock.now() + 2000, boundBy: 'pace' });
});

test('an opening that says how to hear no more, and a campaign of calls, which has none', async () => {
  const ctx = await newTenant();
  const script =
    '@channels sms\n[start]\n{{tenantName}}: see you. Reply STOP to opt out.\n-> END #done\n';
  const { id } = await newCampaign(ctx, { script, channel: 'sms', enrolment: 'pending' });
  expect((await look(ctx, id)).texts).toMatchObject({ saysOptOut: true, segments: { most: 1 } });
  const calls = await newCampaign(ctx, { enrolment: 'pending' });
  expect((await look(ctx, calls.id)).texts).toBeNull();
});
