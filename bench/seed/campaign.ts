import { campaign } from '../../src/db/schema/campaign.ts';
import { scriptVersion } from '../../src/db/schema/script.ts';
import { compileScript } from '../../src/script/compile.ts';
import type { TenantContext } from '../../src/tenants/context.ts';

const SCRIPT = `[start]
Hi {{firstName}}, this is {{tenantName}} with a reminder. You can say stop calling at any time.
Will you come? Press 1 for yes, or 2 for no.
-> 1, @yes: END #confirmed
-> 2, @no: END #declined
`;

/** A first name for every so many contacts: names repeat among a million people. */
const NAMES = 400;
const CONTACTS_PER_STATEMENT = 10_000;

export async function seedContacts(d1: D1Database, tenantId: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += CONTACTS_PER_STATEMENT) {
    await d1
      .prepare(INSERT_CONTACTS)
      .bind(tenantId, from, Math.min(count, from + CONTACTS_PER_STATEMENT), NAMES)
      .run();
  }
}

const INSERT_CONTACTS = `WITH RECURSIVE n(i) AS (SELECT ?2 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
SELECT ?1, printf('con_%08d', i), i, printf('+1212%07d', i), json_object('firstName', 'N' || (i % ?4)), 0, 0
FROM n`;

/** A campaign that calls at any hour; answers its id. */
export async function seedCampaign(ctx: TenantContext): Promise<string> {
  const [id, scriptId] = [ctx.newId('cmp'), ctx.newId('scr')];
  const { flow, hash } = await compileScript(SCRIPT, { mode: 'publish' });
  if (flow === null || hash === null) throw new Error('The script of the bench does not compile.');
  const publishedAt = ctx.clock.now();
  const version = { scriptId, version: 1, hash, content: SCRIPT, flowJson: flow, publishedAt };
  await ctx.db.batch([
    ctx.db.insert(scriptVersion, version),
    ctx.db.insert(campaign, {
      id,
      name: 'Launch',
      state: 'running',
      scriptId,
      scriptVersion: 1,
      fromNumber: '+12125550199',
      timeZone: 'America/New_York',
      opensMinute: 0,
      closesMinute: 1440,
      retrySeconds: [],
      variables: {},
      isPrimed: false,
      createdAt: publishedAt,
    }),
  ]);
  return id;
}

/** Every contact of the tenant is due at once. */
export async function enrolAllDue(ctx: TenantContext, campaignId: string): Promise<void> {
  await ctx.db.run(ctx.db.raw(ENROL_ALL, campaignId));
}

const ENROL_ALL = `INSERT INTO enrolment
  (tenant_id, campaign_id, contact_id, e164, state, due_at, attempts)
SELECT tenant_id, ?2, id, e164, 'due', 0, 0 FROM contact WHERE tenant_id = ?1`;
