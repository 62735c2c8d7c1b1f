import { campaign } from '../../src/db/schema/campaign.ts';
import { scriptVersion } from '../../src/db/schema/script.ts';
import { compileScript } from '../../src/script/compile.ts';
import type { TenantContext } from '../../src/tenants/context.ts';

export const SCRIPT = `[start]
Hi {{firstName}}, this is {{tenantName}}.
Will you come? Press 1 for yes, or 2 for no.
-> 1, @yes: confirmed
-> 2, @no: END #declined

[confirmed]
See you soon.
-> END #confirmed
`;

export const FROM = '+12125550199';

/** A running campaign on a published script, with one due contact per number. */
export async function newCampaign(
  ctx: TenantContext,
  options: {
    readonly numbers?: readonly string[];
    readonly state?: 'draft' | 'running' | 'paused';
    readonly enrolment?: 'pending' | 'due';
    readonly fields?: Readonly<Record<string, string>>;
    readonly script?: string;
    readonly retrySeconds?: readonly number[];
    readonly channel?: 'voice' | 'sms';
  } = {},
): Promise<{ readonly id: string; readonly contactIds: readonly string[] }> {
  const { numbers = ['+12125550001'], state = 'running', enrolment = 'due' } = options;
  const id = ctx.newId('cmp');
  const scriptId = ctx.newId('scr');
  const { flow, hash } = await compiled(options.script ?? SCRIPT);
  if (flow === null || hash === null) throw new Error('The test script does not compile');
  const now = ctx.clock.now();
  const contacts = numbers.map((number) => ({ id: ctx.newId('con'), number }));
  await ctx.db.batch([
    ctx.db.insert(scriptVersion, {
      scriptId,
      version: 1,
      hash,
      content: options.script ?? SCRIPT,
      flowJson: flow,
      publishedAt: now,
    }),
    ctx.db.insert(campaign, {
      id,
      name: 'Reminders',
      state,
      scriptId,
      scriptVersion: 1,
      fromNumber: FROM,
      timeZone: 'America/New_York',
      opensMinute: 540,
      closesMinute: 1200,
      retrySeconds: options.retrySeconds ?? [600, 1800],
      variables: {},
      channel: options.channel ?? 'voice',
      isPrimed: enrolment === 'due',
      createdAt: now,
    }),
    ctx.db.raw(
      `INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
       SELECT ?1, value->>'id', value->>'id', value->>'number', ?3, ?4, ?4 FROM json_each(?2)`,
      JSON.stringify(contacts),
      JSON.stringify(options.fields ?? { firstName: 'Maria' }),
      now,
    ),
    ctx.db.raw(
      `INSERT INTO enrolment (tenant_id, campaign_id, contact_id, e164, state, due_at, attempts)
       SELECT ?1, ?2, value->>'id', value->>'number', ?4, ?5, 0 FROM json_each(?3)`,
      id,
      JSON.stringify(contacts),
      enrolment,
      now,
    ),
  ]);
  return { id, contactIds: contacts.map((contact) => contact.id) };
}

/** A test that makes thousands of campaigns compiles their script once. */
const results = new Map<string, ReturnType<typeof compileScript>>();

function compiled(script: string): ReturnType<typeof compileScript> {
  const known = results.get(script) ?? compileScript(script, { mode: 'publish' });
  results.set(script, known);
  return known;
}
