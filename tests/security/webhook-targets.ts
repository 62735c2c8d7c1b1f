import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { packSetup } from '../../src/calls/session-types.ts';
import { phoneNumber } from '../../src/db/schema/control.ts';
import { message } from '../../src/db/schema/message.ts';
import { publishScript } from '../../src/scripts/publish-script.ts';
import { saveScript } from '../../src/scripts/save-script.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { sit } from '../support/desk-page.ts';
import { type CallRef, sessionOf, setupOf, turnPath, webhook } from '../support/session.ts';
import { AUTH_TOKEN, newTenant } from '../support/tenant.ts';

const BASE = 'https://voice.test';
const SCRIPT = `[start]
Hello, press 1 for a person.
-> 1, "person": desk
-> else: END #no_response

[desk]
One moment.
@transfer agents timeout 30s
-> answered: END #transferred
-> else: END #nobody
`;
const PEER = '+14155550123';
const AGENT_SID = `CA${'b'.repeat(32)}`;

/** One webhook of the carrier, signed rightly as it stands. */
export type Target = {
  /** As the Worker's table of routes writes it. */
  readonly route: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
};
export type Stage = {
  readonly ctx: TenantContext;
  readonly targets: readonly Target[];
  /** All that a webhook could change and no clock does, as text. */
  readonly kept: () => Promise<string>;
};

let made = 0;
const sid = (prefix: string) => `${prefix}${(++made).toString(16).padStart(32, '0')}`;

/** A tenant with a call under way, a caller who waits for an agent, a number and a text: one of all that webhooks speak of. */
export async function setStage(): Promise<Stage> {
  const ctx = await newTenant();
  const tenantId = ctx.tenant.id;
  const accountSid = ctx.tenant.carrierAccountSid;
  const ownNumber = `+1555030${String(++made).padStart(4, '0')}`;
  const { id: scriptId } = await saveScript(ctx, { name: 'Desk', content: SCRIPT });
  await publishScript(ctx, { scriptId });
  await ctx.control.run(
    ctx.control.insert(phoneNumber, {
      ...{ id: ctx.newId('num'), e164: ownNumber, twilioSid: null },
      ...{ inboundScriptId: scriptId, createdAt: ctx.clock.now() },
    }),
  );
  const call: CallRef = { tenantId, callId: ctx.newId('call') };
  await sessionOf(call).prepare(packSetup(await setupOf(call, SCRIPT)), []);
  const waiting: CallRef = { tenantId, callId: ctx.newId('call') };
  const ticket = await letWait(waiting);
  const text = await sentText(ctx, ownNumber);
  const CallSid = sid('CA');
  const base = `/voice/t/${tenantId}/c/${call.callId}`;
  const callRoute = '/voice/t/:tenant/c/:call';
  const of = (kind: string, params: Readonly<Record<string, string>>): Target => ({
    route: `${callRoute}/${kind}`,
    path: `${base}/${kind.replace(':nonce', '0')}`,
    params: { CallSid, AccountSid: accountSid, ...params },
  });
  const came = { CallSid: sid('CA'), AccountSid: accountSid, From: PEER, To: ownNumber };
  const targets: readonly Target[] = [
    of('turn/:nonce', { CallStatus: 'in-progress', Digits: '1' }),
    of('fetch/:nonce', { CallStatus: 'in-progress' }),
    of('status', { CallStatus: 'completed', SequenceNumber: '3', CallDuration: '12' }),
    of('amd', { AnsweredBy: 'machine_start', MachineDetectionDuration: '900' }),
    of('recording', {
      ...{ RecordingSid: sid('RE'), RecordingStatus: 'completed', RecordingDuration: '9' },
      ...{ RecordingUrl: 'https://api.twilio.com/r', RecordingChannels: '2' },
    }),
    of('leg', { CallStatus: 'in-progress', CallSid: sid('CA') }),
    of('room', {
      ...{ ConferenceSid: sid('CF'), FriendlyName: `${call.callId}-1`, SequenceNumber: '1' },
      ...{ StatusCallbackEvent: 'participant-join', ParticipantLabel: 'agent.ann' },
    }),
    {
      route: `${callRoute}/wait`,
      path: `/voice/t/${tenantId}/c/${waiting.callId}/wait`,
      params: { CallSid: sid('CA'), QueueTime: '1' },
    },
    {
      route: '/voice/agent',
      path: '/voice/agent',
      params: { CallSid: AGENT_SID, From: 'client:agent_ann', ticket },
    },
    { route: '/voice/inbound', path: '/voice/inbound', params: came },
    {
      route: '/voice/inbound/status',
      path: '/voice/inbound/status',
      params: { ...came, CallStatus: 'completed', CallDuration: '3' },
    },
    {
      route: '/sms/inbound',
      path: '/sms/inbound',
      params: { ...came, MessageSid: sid('SM'), Body: 'STOP', NumMedia: '0' },
    },
    {
      route: '/sms/t/:tenant/m/:message/status',
      path: `/sms/t/${tenantId}/m/${text}/status`,
      params: { AccountSid: accountSid, MessageSid: sid('SM'), MessageStatus: 'delivered' },
    },
  ];
  return { ctx, targets, kept: () => keptBy(ctx, call, waiting) };
}

/** A caller at the desk whom an agent has accepted; answers the agent's ticket. */
async function letWait(ref: CallRef): Promise<string> {
  const inbound = {
    ...{ fromNumber: PEER, scriptId: 'scr_1', scriptVersion: 1, contactId: null, createdAt: 1 },
  };
  await sessionOf(ref).prepare(packSetup({ ...(await setupOf(ref, SCRIPT)), inbound }), []);
  const page = await sit(ref.tenantId, 'ann');
  page.say({ type: 'set', presence: 'available' });
  await page.find('agent');
  const CallSid = sid('CA');
  await webhook(turnPath(ref, 0), { CallSid });
  await webhook(turnPath(ref, 1), { CallSid, Digits: '1' });
  await runDurableObjectAlarm(sessionOf(ref));
  const { offer } = await page.find('offer');
  page.say({ type: 'accept', offerId: offer.id });
  return (await page.find('connect')).ticket;
}

async function sentText(ctx: TenantContext, fromNumber: string): Promise<string> {
  const id = ctx.newId('msg');
  await ctx.db.run(
    ctx.db.insert(message, {
      ...{ id, threadId: ctx.newId('thr'), direction: 'outbound', purpose: 'single' },
      ...{ fromNumber, toNumber: PEER, body: 'Hello', encoding: 'GSM-7', segments: 1 },
      ...{ state: 'sent', createdAt: ctx.clock.now() },
    }),
  );
  return id;
}

/** A caller who has waited long enough goes on by himself: that is no webhook. */
const WEBHOOKS = "SELECT n, key, reply, state FROM webhook WHERE key NOT LIKE 'leave:%' ORDER BY n";

/** The queue writes the waiting caller's rows in its own time. */
const ROWS = [
  ...['thread', 'message', 'suppression'].map(
    (table) => `SELECT * FROM ${table} WHERE tenant_id = ?1 AND ?2 <> ''`,
  ),
  'SELECT * FROM call WHERE tenant_id = ?1 AND id <> ?2',
  ...['recording', 'utterance'].map(
    (table) => `SELECT * FROM ${table} WHERE tenant_id = ?1 AND call_id <> ?2`,
  ),
];

async function keptBy(ctx: TenantContext, call: CallRef, waiting: CallRef): Promise<string> {
  const sessions = await Promise.all(
    [call, waiting].map((ref) =>
      runInDurableObject(sessionOf(ref), (_, { storage }) => storage.sql.exec(WEBHOOKS).toArray()),
    ),
  );
  const database = (env as unknown as { readonly DATA_0: D1Database }).DATA_0;
  const rows = await database.batch(
    ROWS.map((query) => database.prepare(query).bind(ctx.tenant.id, waiting.callId)),
  );
  return JSON.stringify([sessions, rows.map(({ results }) => results)]);
}

export const signatureOf = (
  path: string,
  params: Readonly<Record<string, string | string[]>>,
  options: { readonly token?: string; readonly base?: string } = {},
) =>
  getExpectedTwilioSignature(
    options.token ?? AUTH_TOKEN,
    `${options.base ?? BASE}${path}`,
    params as Record<string, string>,
  );

/** Posts exactly this; `signatures` are as many headers. */
export async function post(
  path: string,
  body: BodyInit,
  signatures: readonly string[],
  contentType = 'application/x-www-form-urlencoded',
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = new Headers({ 'content-type': contentType });
  for (const signature of signatures) headers.append('x-twilio-signature', signature);
  const request = new Request(`${BASE}${path}`, { method: 'POST', headers, body });
  const response = await exports.default.fetch(request);
  return { status: response.status, text: await response.text() };
}
