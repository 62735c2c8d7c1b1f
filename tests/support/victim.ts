import { expect } from 'vitest';
import type { RouteName, Routes } from '../../src/contract/api.ts';
import { type ApiHarness, expectStatus, newMember, newTenant } from './api-harness.ts';

/** Stands in every row of the victim that has text; no answer to anybody else may hold it. */
export const MARK = 'MARK-7f3a';
const THREAD = 'thr_of_the_victim';
const ALERT = 'alt_of_the_victim';
const DELIVERY = 'whk_of_the_victim-call_finished-call';
const TO_REPLAY = 'dead_to_replay';
const TO_DISCARD = 'dead_to_discard';
export const VICTIMS_NUMBER = '+12125550177';

const SCRIPT = `[start]\nHi {{firstName}}, ${MARK}? Press 1.\n-> 1: END #confirmed\n`;

/** A file that every route for files may be sent. */
export const CSV = `Phone,Name\n+12125550111,${MARK}\n`;

/** A tenant with a row in every table, and the identifiers of all it has. */
export async function makeVictim(api: ApiHarness, root: { readonly cookie: string }) {
  const made = await newTenant(api, root, { name: `Tenant ${MARK}` });
  const { id: tenant, key, asAdmin } = made;
  const post = async (
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = key,
  ) => {
    const answer = await api.ask('POST', path, { body, headers });
    expect(answer.status, `${path}: ${answer.text}`).toBeLessThan(300);
    return answer.body;
  };
  const number = await post(`/tenants/${tenant}/numbers`, { e164: VICTIMS_NUMBER }, root);
  const script = await post('/scripts', { name: MARK, content: SCRIPT });
  expectStatus(await api.ask('POST', `/scripts/${script.id}/publish`, { headers: key }), 200);
  const person = { externalId: MARK, number: '+12125550101', fields: { firstName: MARK } };
  const once = { ...key, 'idempotency-key': 'the-first' };
  const contacts = await post('/contacts', { contacts: [person] }, once);
  const contact = (contacts.contacts as { id: string }[])[0]?.id ?? '';
  const campaign = await post('/campaigns', {
    ...{ name: MARK, scriptId: script.id, fromNumber: VICTIMS_NUMBER },
  });
  await post(`/campaigns/${campaign.id}/contacts`, { contactIds: [contact] });
  const agent = await newMember(api, asAdmin, 'AGENT');
  const admin = await newMember(api, asAdmin, 'ADMIN');
  const invitation = await post(
    '/invitations',
    { email: `${MARK}@destiny.test`, role: 'AGENT' },
    asAdmin,
  );
  const members = (await api.ask('GET', '/users', { headers: asAdmin })).body.members;
  const keys = (await api.ask('GET', '/api-keys', { headers: asAdmin })).body.keys;
  const [session] = (await api.ask('GET', '/me/sessions', { headers: admin.cookie })).body
    .sessions as { id: string }[];
  const list = await post('/lists', { name: MARK });
  const upload = await post('/imports', { name: MARK });
  const file = await api.ask('PUT', `/imports/${upload.id}/file`, {
    text: CSV,
    headers: { ...key, 'content-type': 'text/csv' },
  });
  expectStatus(file, 200);
  const hook = await post('/webhooks', {
    ...{ url: `https://victim.example.com/${MARK}`, description: MARK },
  });
  const endpoint = hook.id ?? '';
  const call = 'call_of_the_victim';
  const used = { campaign: campaign.id ?? '', script: script.id ?? '', endpoint };
  await insertWhatCallsLeave(api, tenant, call, used);
  await insertWhatCronLeaves(api, tenant);
  await insertWhatImportsLeave(api, tenant, upload.id ?? '', list.id ?? '');
  return {
    ...{ tenant, key, asAdmin, agent, admin, script: script.id ?? '', contact, call },
    ...{ campaign: campaign.id ?? '', number: number.id ?? '', invitation: invitation.id ?? '' },
    member: (members as { id: string }[])[0]?.id ?? '',
    apiKey: (keys as { id: string }[])[0]?.id ?? '',
    session: session?.id ?? '',
    upload: upload.id ?? '',
    endpoint,
  };
}

export type Victim = Awaited<ReturnType<typeof makeVictim>>;

/** Rows that only a talk over the phone would write. */
async function insertWhatCallsLeave(
  api: ApiHarness,
  tenant: string,
  call: string,
  { campaign, script, endpoint }: Readonly<Record<'campaign' | 'script' | 'endpoint', string>>,
): Promise<void> {
  const { data, events } = await api.shards(tenant);
  const write = (database: D1Database, sql: string, ...params: unknown[]) =>
    database
      .prepare(sql)
      .bind(...params)
      .run();
  await write(
    data,
    `INSERT OR REPLACE INTO call (tenant_id, id, direction, campaign_id, script_id, script_version,
      from_number, to_number, status, outcome, turns, applied_up_to, created_at, ended_at, twilio_sid)
     VALUES (?1, ?2, 'outbound', ?3, ?4, 1, ?5, '+12125550102', 'completed', ?6, 1, 1, 1, 1, 'CA')`,
    ...[tenant, call, campaign, script, VICTIMS_NUMBER, MARK],
  );
  await write(
    data,
    `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state, lease_until,
      created_at, ended_at) VALUES (?1, ?2, ?3, 'con', '+12125550102', 1, 'ended', 1, 1, 1)`,
    ...[tenant, call, campaign],
  );
  await write(data, `INSERT OR REPLACE INTO price_pass VALUES (?1, 15, 1, 0)`, tenant);
  await write(data, `INSERT INTO dial_day VALUES (?1, '2026-01-01', 1, 1)`, tenant);
  await write(
    data,
    `INSERT OR REPLACE INTO snapshot VALUES (?1, ?2, '{"x":"${MARK}"}', 1)`,
    tenant,
    call,
  );
  await write(
    data,
    `INSERT INTO utterance VALUES (?1, ?2, 1, 1, 'start', 'speech', ?3, 1, 1)`,
    ...[tenant, call, MARK],
  );
  await write(
    data,
    `INSERT INTO suppression VALUES (?1, '+12125550103', 'manual', ?2, 1, ?2)`,
    ...[tenant, MARK],
  );
  await write(
    data,
    `INSERT INTO thread (tenant_id, id, own_number, peer, outcome, step, last_at, created_at)
     VALUES (?1, '${THREAD}', '+12125550177', '+12125550103', ?2, 1, 1, 1)`,
    ...[tenant, MARK],
  );
  await write(
    data,
    `INSERT INTO message (tenant_id, id, thread_id, direction, purpose, from_number, to_number,
       body, encoding, segments, state, created_at)
     VALUES (?1, '${THREAD}', '${THREAD}', 'inbound', 'conversation', '+12125550103', '+12125550177', ?2, 'GSM-7',
       1, 'received', 1)`,
    ...[tenant, MARK],
  );
  await write(
    data,
    `INSERT OR REPLACE INTO recording (tenant_id, id, call_id, twilio_sid, source, state, object_key,
      bytes, created_at) VALUES (?1, 'rec_of_the_victim', ?2, ?3, 'call', 'stored', ?3, 9, 1)`,
    ...[tenant, call, MARK],
  );
  await write(
    data,
    `INSERT OR REPLACE INTO webhook_delivery (tenant_id, id, endpoint_id, message_id, type, payload,
      state, attempts, next_at, log, created_at)
     VALUES (?1, '${DELIVERY}', ?3, 'call_finished-call', ?2, ?2, 'failed', 9, 0, '[]', 1)`,
    ...[tenant, MARK, endpoint],
  );
  await write(data, `INSERT INTO clip VALUES (?1, ?2, 'static', 1, 1, 1)`, tenant, MARK);
  await write(
    events,
    `INSERT INTO call_event VALUES (?1, ?2, 'late', 99, 1, ?3, '{}')`,
    ...[tenant, call, MARK],
  );
}

async function insertWhatCronLeaves(api: ApiHarness, tenant: string): Promise<void> {
  const control = await api.control();
  const body = JSON.stringify({ tenantId: tenant, importId: 'imp_none', note: MARK });
  const letter = (id: string) =>
    control
      .prepare(`INSERT OR REPLACE INTO dead_letter (id, queue, tenant_id, body, at)
                VALUES (?1, 'destiny-imports', ?2, ?3, 1)`)
      .bind(id, tenant, body);
  await control.batch([
    control
      .prepare(`INSERT INTO alert (tenant_id, id, rule, value, threshold, raised_at,
                  raised_told_at) VALUES (?1, ?2, ?3, 1, 1, 1, 1)`)
      .bind(tenant, ALERT, MARK),
    control
      .prepare("INSERT INTO alert_rule VALUES (?1, 'speech_fallback', 1, 0.5, 1)")
      .bind(tenant),
    ...[TO_REPLAY, TO_DISCARD].map(letter),
    // Older than any that is made from now on.
    control
      .prepare(`INSERT INTO tenant_move (tenant_id, id, from_shard, to_shard, state, error,
                  lease_until, token, created_at, finished_at)
                VALUES (?1, 'mov_00_of_the_victim', 0, 1, 'undone', ?2, 0, 1, 1, 1)`)
      .bind(tenant, MARK),
  ]);
}

async function insertWhatImportsLeave(
  api: ApiHarness,
  tenant: string,
  upload: string,
  list: string,
): Promise<void> {
  const { data } = await api.shards(tenant);
  await data.batch([
    data
      .prepare("INSERT INTO import_rejection VALUES (?1, ?2, 2, 'invalid_number', ?3)")
      .bind(tenant, upload, MARK),
    data.prepare("INSERT INTO contact_list_member VALUES (?1, ?2, 'con')").bind(tenant, list),
  ]);
}

/** The victim's identifier that belongs into a path; a new kind of path must be added here. */
export function victimsPath(path: string, victim: Victim): string {
  const ids: Readonly<Record<string, string>> = {
    tenants: victim.tenant,
    'carrier-accounts': `AC${'0'.repeat(32)}`,
    scripts: victim.script,
    contacts: victim.contact,
    campaigns: victim.campaign,
    calls: victim.call,
    agent: victim.call,
    recordings: 'rec_of_the_victim',
    users: victim.member,
    numbers: victim.number,
    invitations: victim.invitation,
    'api-keys': victim.apiKey,
    me: victim.session,
    imports: victim.upload,
    threads: THREAD,
    analytics: victim.script,
    alerts: ALERT,
    webhooks: victim.endpoint,
    system: systemId(path, victim),
  };
  return path.replace(/\{(\w+)\}/g, (_, name) => {
    if (name === 'version') return '1';
    if (name === 'deliveryId') return DELIVERY;
    if (name === 'name') return 'speech_fallback';
    const id = ids[path.split('/')[1] ?? ''];
    if (id === undefined) throw new Error(`victim.ts knows no identifier for ${path}`);
    return id;
  });
}

function systemId(path: string, victim: Victim): string {
  if (path.includes('/tenants/')) return victim.tenant;
  return path.endsWith('/discard') ? TO_DISCARD : TO_REPLAY;
}

type WithBody = {
  [K in RouteName]: 'body' extends keyof Routes[K] ? K : never;
}[RouteName];

/** A body for every route that takes one, made of the victim's identifiers. */
export function victimsBodies(victim: Victim): Readonly<Record<WithBody, unknown>> {
  const script = { name: 'taken', content: SCRIPT.replace(MARK, 'you') };
  const call = { fromNumber: VICTIMS_NUMBER, scriptId: victim.script };
  const password = 'a password that is long';
  const person = { email: victim.admin.email, name: 'x', password };
  const carrier = { authToken: 'stolen', callsPerSecond: 1, maxConcurrentCalls: 1 };
  return {
    setOwnPresence: { presence: 'available' },
    setDeskSettings: {
      ...{ offersAtOnce: 1, ringSeconds: 20, waitSeconds: 60, wrapUpSeconds: 0 },
      queueWhenBusy: true,
    },
    holdTalk: { isHeld: true },
    handTalkOn: { to: 'agents' },
    listenToTalk: { mode: 'listen' },
    wrapTalkUp: { outcome: 'confirmed' },
    createEndpoint: { url: 'https://example.com/hook' },
    editEndpoint: { description: 'taken' },
    editCampaign: { name: 'taken' },
    recoverDeliveries: { since: 1 },
    editNumber: { recordsCalls: true },
    editAlertRule: { isOn: false, threshold: 0.5 },
    rebuildFigures: { from: '2026-01-01' },
    replayDeadLetters: { queue: 'destiny-dial' },
    moveTenant: { shard: 999 },
    discardDeadLetter: { reason: 'of no use' },
    sendText: { to: '+12125550104', fromNumber: VICTIMS_NUMBER, body: 'hello' },
    createTenant: { name: 'x', plan: 'GOLD' },
    editTenant: { name: 'taken' },
    assignNumber: { e164: VICTIMS_NUMBER },
    actAs: { reason: 'to look around' },
    registerCarrierAccount: carrier,
    setUp: { setupToken: 'guess', ...person },
    signIn: { email: victim.admin.email, password: 'a guess' },
    giveSecondFactor: { code: '000000' },
    askReset: { email: 'nobody@destiny.test' },
    resetPassword: { token: 'guess', password },
    readInvitation: { token: victim.invitation },
    acceptInvitation: { token: victim.invitation, name: 'x', password },
    changePassword: { currentPassword: 'a guess', newPassword: password },
    startSecondFactor: { password: 'a guess' },
    confirmSecondFactor: { code: '000000' },
    stopSecondFactor: { password: 'a guess' },
    editMember: { role: 'AGENT' },
    invite: { email: victim.admin.email, role: 'ADMIN' },
    createApiKey: { name: 'x', scopes: ['calls:read'] },
    editOwnTenant: { name: 'Another' },
    setOwnCarrier: { sid: `AC${'0'.repeat(32)}`, ...carrier },
    saveScript: script,
    editScript: script,
    upsertContacts: { contacts: [{ externalId: 'x', number: '+12125550101', fields: {} }] },
    suppressNumber: { e164: '+12125550101' },
    buyNumber: { e164: VICTIMS_NUMBER },
    createCampaign: { name: 'x', ...call },
    enrolContacts: { contactIds: [victim.contact] },
    createImport: { name: 'x' },
    checkImport: { mapping: { number: 'Phone' } },
    runImport: { mapping: { number: 'Phone' } },
    createList: { name: 'x' },
    liftSuppression: { number: '+12125550103', reason: 'asked again' },
    scheduleCampaign: { at: '2099-05-14T09:00' },
    cloneCampaign: { name: 'x', contacts: 'all' },
    placeCall: { to: '+12125550102', ...call, variables: {} },
  };
}
