import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { SCRIPT } from '../../tests/support/campaign.ts';
import { webhook } from '../../tests/support/session.ts';
import { AUTH_TOKEN, newTenant, testDatabases } from '../../tests/support/tenant.ts';
import { upsertContacts } from '../contacts/upsert-contacts.ts';
import { phoneNumber } from '../db/schema/control.ts';
import { script } from '../db/schema/script.ts';
import { publishScript } from '../scripts/publish-script.ts';
import { saveScript } from '../scripts/save-script.ts';
import type { TenantContext } from '../tenants/context.ts';

let last = 100;
const CALLER = '+15550107777';

/** A number of the tenant that a script answers, unless told otherwise. */
async function numberOf(ctx: TenantContext, options: { readonly isAnswered?: boolean } = {}) {
  last += 1;
  const e164 = `+1555020${String(last).padStart(4, '0')}`;
  const { id } = await saveScript(ctx, { name: 'Front desk', content: SCRIPT });
  await publishScript(ctx, { scriptId: id });
  await ctx.control.run(
    ctx.control.insert(phoneNumber, {
      id: ctx.newId('num'),
      e164,
      twilioSid: null,
      inboundScriptId: options.isAnswered === false ? null : id,
      createdAt: ctx.clock.now(),
    }),
  );
  return { e164, scriptId: id };
}

const sidOf = (n: number) => `CA${n.toString(16).padStart(32, '0')}`;

function ring(
  ctx: TenantContext,
  to: string,
  rest: Record<string, string> = {},
  options: Parameters<typeof webhook>[2] = {},
) {
  last += 1;
  const params = {
    CallSid: sidOf(last),
    AccountSid: ctx.tenant.carrierAccountSid,
    From: CALLER,
    To: to,
    CallStatus: 'ringing',
    Direction: 'inbound',
    ...rest,
  };
  return webhook('/voice/inbound', params, options);
}

test('a caller is answered by the number’s script, with what is known of him', async () => {
  const ctx = await newTenant({ plan: 'FULL' });
  const { e164 } = await numberOf(ctx);
  const fields = { firstName: 'Maria' };
  await upsertContacts(ctx, [{ externalId: 'm', number: CALLER, fields }]);
  const response = await ring(ctx, e164);
  expect(response.status).toBe(200);
  const xml = await response.text();
  expect(xml).toContain('Hi Maria');
  expect(xml).toMatch(/action="[^"]*\/voice\/t\/ten_\w+\/c\/call_[0-9a-z]{26}\/turn\/1/);
});

test('the same call asked twice is one call', async () => {
  const ctx = await newTenant({ plan: 'FULL' });
  const { e164 } = await numberOf(ctx);
  const CallSid = sidOf(77_001);
  const [one, two] = await Promise.all([
    ring(ctx, e164, { CallSid }).then((response) => response.text()),
    ring(ctx, e164, { CallSid }).then((response) => response.text()),
  ]);
  expect(one).toBe(two);
});

test.each([
  ['a number of nobody', { to: '+15550999999' }],
  ['a number without a script', { isAnswered: false }],
  ['a plan without inbound calls', { plan: 'OUTBOUND' as const }],
  ['a suspended tenant', { state: 'suspended' as const }],
])('%s is busy', async (_name, { to, isAnswered, plan = 'FULL', state }: Case) => {
  const ctx = await newTenant({ plan });
  const { e164 } = await numberOf(ctx, isAnswered === undefined ? {} : { isAnswered });
  if (state !== undefined) {
    await testDatabases.platform.updateTenant(ctx.tenant.id, ctx.tenant.revision, { state });
  }
  const response = await ring(ctx, to ?? e164);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<Response><Reject reason="busy"/></Response>');
});
type Case = {
  readonly to?: string;
  readonly isAnswered?: boolean;
  readonly plan?: 'FULL' | 'OUTBOUND';
  readonly state?: 'suspended';
};

test('a script that was never published answers nobody', async () => {
  const ctx = await newTenant({ plan: 'FULL' });
  const { e164, scriptId } = await numberOf(ctx);
  await ctx.db.run(ctx.db.update(script, { publishedVersion: 0 }, eq(script.id, scriptId)));
  expect(await (await ring(ctx, e164)).text()).toContain('<Reject reason="busy"/>');
});

test.each([
  ['a wrong signature', {}, { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }],
  ['no signature', {}, { signature: null }],
  ['an account of nobody', { AccountSid: `AC${'9'.repeat(32)}` }, {}],
])('%s is refused', async (_name, params, options) => {
  const ctx = await newTenant({ plan: 'FULL' });
  const { e164 } = await numberOf(ctx);
  expect((await ring(ctx, e164, params, options)).status).toBe(403);
});

test('another tenant’s account does not answer for this number', async () => {
  const [own, other] = [await newTenant({ plan: 'FULL' }), await newTenant({ plan: 'FULL' })];
  const { e164 } = await numberOf(own);
  const response = await ring(own, e164, { AccountSid: other.tenant.carrierAccountSid });
  expect(await response.text()).toContain('<Reject reason="busy"/>');
});

test('the end of a call finds its session; the end of an unknown one is no fault', async () => {
  const ctx = await newTenant({ plan: 'FULL' });
  const { e164 } = await numberOf(ctx);
  const CallSid = sidOf(77_002);
  await ring(ctx, e164, { CallSid });
  const end = {
    AccountSid: ctx.tenant.carrierAccountSid,
    ...{ From: CALLER, To: e164, CallStatus: 'completed', CallDuration: '12' },
  };
  expect((await webhook('/voice/inbound/status', { CallSid, ...end })).status).toBe(204);
  const unknown = { CallSid: sidOf(77_003), ...end };
  expect((await webhook('/voice/inbound/status', unknown)).status).toBe(204);
  const forged = { signature: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' };
  expect((await webhook('/voice/inbound/status', { CallSid, ...end }, forged)).status).toBe(403);
  expect(AUTH_TOKEN).not.toBe('');
});

test('the fallback says something', async () => {
  const response = await webhook('/voice/inbound/fallback', {});
  expect(await response.text()).toMatch(/<Say>.*<Hangup\/>/s);
});
