import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RouteName, routeEntries } from '../../src/contract/api.ts';
import * as access from '../../src/db/schema/access.ts';
import * as alert from '../../src/db/schema/alert.ts';
import * as call from '../../src/db/schema/call.ts';
import * as campaign from '../../src/db/schema/campaign.ts';
import * as contact from '../../src/db/schema/contact.ts';
import * as control from '../../src/db/schema/control.ts';
import * as event from '../../src/db/schema/event.ts';
import * as figure from '../../src/db/schema/figure.ts';
import * as identity from '../../src/db/schema/identity.ts';
import * as fileImport from '../../src/db/schema/import.ts';
import * as script from '../../src/db/schema/script.ts';
import * as webhook from '../../src/db/schema/webhook.ts';
import {
  ACCOUNT,
  type Answer,
  type ApiHarness,
  CARRIER,
  newMember,
  newTenant,
  owner,
  startApi,
} from '../support/api-harness.ts';
import { startSimulator } from '../support/simulator-harness.ts';
import { MARK, makeVictim, type Victim, victimsBodies, victimsPath } from '../support/victim.ts';

/** Rows of no tenant: people and what they sign in with, the tenants themselves, the platform's own. */
const GLOBAL = new Set([
  ...['user', 'session', 'account', 'verification', 'two_factor', 'sign_in_guard'],
  ...['tenant', 'carrier_account', 'dead_letter', 'heartbeat'],
]);
/** What a refused or harmless request may still write into the victim's tenant. */
const GROWS_BY_ITSELF = new Set(['audit_entry']);

const tables = [
  ...[control, identity, access, alert, contact, fileImport, script, campaign, call, event],
  ...[figure, webhook],
]
  .flatMap((schema) => Object.values(schema))
  .filter((value): value is SQLiteTable => typeof value === 'object' && 'getSQL' in value)
  .map((table) => getTableConfig(table));
const tenantTables = tables.filter(({ name }) => !GLOBAL.has(name)).map(({ name }) => name);

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let api: ApiHarness;
let victim: Victim;
let attackers: readonly (readonly [string, Readonly<Record<string, string>>])[];
let count = 0;
let leaks = 0;

beforeAll(async () => {
  simulator = await startSimulator([{ accountSid: ACCOUNT, authToken: CARRIER.authToken }]);
  api = await startApi({ twilioUrl: simulator.url });
  const root = await owner(api);
  victim = await makeVictim(api, root);
  const thief = await neighbourOf(victim.tenant, root);
  const admin = await newMember(api, thief.asAdmin, 'ADMIN');
  const naming = { 'destiny-tenant': victim.tenant };
  attackers = [
    ['nobody', {}],
    ['nobody who names the tenant', naming],
    ['a key of another tenant', thief.key],
    ['a key of another tenant that names this one', { ...thief.key, ...naming }],
    ['an admin of another tenant', admin.cookie],
    ['an admin of another tenant who names this one', { ...admin.cookie, ...naming }],
  ];
});
afterAll(async () => {
  await api.stop();
  await simulator.stop();
  console.info(`isolation: ${count} requests with another tenant's identifiers, ${leaks} leaks`);
});

test('every table leads with the tenant, or is known to belong to none', () => {
  expect(tenantTables.length).toBeGreaterThan(15);
  for (const { name, columns, primaryKeys } of tables) {
    const [first] = primaryKeys[0]?.columns ?? [];
    if (GLOBAL.has(name))
      expect(columns.some((one) => one.name === 'id' || one.primary)).toBe(true);
    else expect(first?.name, name).toBe('tenant_id');
  }
});

test('the victim has a row in every table that a tenant can have rows in', async () => {
  const rows = await rowsOf(victim.tenant);
  expect(tenantTables.filter((name) => (rows[name] ?? []).length === 0)).toEqual([]);
});

test.each(routeEntries())('%s opens nothing of another tenant', async (name, spec) => {
  const before = await rowsOf(victim.tenant);
  const bodies: Partial<Record<RouteName, unknown>> = victimsBodies(victim);
  const queries = queriesOf(spec.query === undefined ? [] : Object.keys(spec.query.shape));
  for (const [who, headers] of attackers) {
    // Signing out would end the attack.
    if (name === 'signOut' && 'cookie' in headers) continue;
    const attack = async (query: string) => {
      const answer = await api.ask(
        spec.method.toUpperCase(),
        `${victimsPath(spec.path, victim)}${query}`,
        {
          headers: {
            ...headers,
            ...(spec.edits === true ? { 'if-match': '"1"' } : {}),
            ...(spec.idempotent === undefined ? {} : { 'idempotency-key': 'the-first' }),
            ...(spec.upload === undefined ? {} : { 'content-type': spec.upload.type }),
          },
          ...(spec.upload === undefined ? {} : { text: 'Phone\n+12125550111\n' }),
          ...(spec.body === undefined ? {} : { body: bodies[name] }),
        },
      );
      count += 1;
      expectNoLeak(`${who}: ${name}${query}`, answer);
    };
    await Promise.all(queries.map(attack));
  }
  expect(await rowsOf(victim.tenant)).toEqual(before);
});

test('the victim itself sees its rows: the mark is really there', async () => {
  for (const path of ['/tenant', '/scripts', '/contacts', '/campaigns', `/calls/${victim.call}`]) {
    const answer = await api.ask('GET', path, { headers: victim.key });
    expect(answer.text, path).toContain(MARK);
  }
  const answer = await api.ask('GET', '/audit', { headers: victim.asAdmin });
  expect(answer.text).toContain(MARK);
});

/** On another shard it would be kept apart by the databases, and the queries go untried. */
async function neighbourOf(tenantId: string, root: { readonly cookie: string }) {
  const { data } = await api.shards(tenantId);
  for (let tries = 0; tries < 40; tries++) {
    const thief = await newTenant(api, root, { name: 'Thief' });
    if ((await api.shards(thief.id)).data === data) return thief;
  }
  throw new Error('no tenant fell on the shard of the victim');
}

function expectNoLeak(what: string, answer: Answer): void {
  if (answer.text.includes(MARK)) leaks += 1;
  expect(answer.text, what).not.toContain(MARK);
  expect(answer.status, `${what} answered ${answer.status}: ${answer.text}`).toBeLessThan(500);
  const idsThatMayShow = [victim.tenant];
  for (const id of [victim.script, victim.contact, victim.campaign, victim.call, victim.member]) {
    const isEchoed = answer.status >= 400 || idsThatMayShow.includes(id);
    if (!isEchoed) expect(answer.text, what).not.toContain(id);
  }
}

/** Each filter and cursor with an identifier of the victim. */
function queriesOf(names: readonly string[]): string[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    cursor: ['~', victim.call, victim.contact, `9999999999999.${victim.call}`],
    campaignId: [victim.campaign],
    contactId: [victim.contact],
    listId: ['lst_of_the_victim'],
    text: [MARK, '2125550101'],
    direction: ['outbound'],
    status: ['queued,completed'],
    outcome: ['confirmed'],
    twilioSid: [`CA${'0'.repeat(32)}`],
    actorId: [victim.member],
    target: [victim.script],
    action: ['script.created'],
    from: ['1'],
    to: ['0'],
    limit: ['50'],
    number: ['+12125550101'],
    externalId: [MARK],
    contact: [MARK],
    state: ['pending'],
    country: ['US'],
    areaCode: ['212'],
    contains: ['55'],
    overrideTests: ['true'],
    period: ['30d'],
    queue: ['destiny-dial'],
    tenantId: [victim.tenant],
  };
  const found = names.flatMap((name) => {
    const own = values[name];
    if (own === undefined) throw new Error(`isolation.story knows no value for the filter ${name}`);
    return own.map((value) => `?${name}=${encodeURIComponent(value)}`);
  });
  return ['', ...found];
}

/** Every row that belongs to a tenant, from all databases. */
async function rowsOf(tenantId: string): Promise<Record<string, unknown[]>> {
  const { data, events } = await api.shards(tenantId);
  const found: Record<string, unknown[]> = {};
  for (const database of [await api.control(), data, events]) {
    const names = await tablesIn(database);
    const read = names.map((name) =>
      database.prepare(`SELECT * FROM "${name}" WHERE tenant_id = ?1`).bind(tenantId),
    );
    for (const [i, { results }] of (await database.batch(read)).entries()) {
      found[names[i] ?? ''] = GROWS_BY_ITSELF.has(names[i] ?? '') ? ['not compared'] : results;
    }
  }
  return found;
}

async function tablesIn(database: D1Database): Promise<string[]> {
  const { results } = await database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all<{ name: string }>();
  return results.map(({ name }) => name).filter((name) => tenantTables.includes(name));
}
