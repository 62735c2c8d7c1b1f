import { expect, test } from 'vitest';
import { manualClock, testDatabases, testEnv, testSealer } from '../../tests/support/tenant.ts';
import { idMaker } from '../shared/ids.ts';
import { sealerFrom } from '../shared/seal.ts';
import { assignNumber } from './assign-number.ts';
import { type CreateTenantInput, createTenant } from './create-tenant.ts';
import { editTenant } from './edit-tenant.ts';
import { loadTenant } from './load-tenant.ts';
import type { PlatformContext } from './platform-context.ts';
import { registerCarrierAccount } from './register-carrier-account.ts';
import { keyIdOf, resealTokens } from './reseal-tokens.ts';

const clock = manualClock();
const newId = idMaker(clock.now, (bytes) => crypto.getRandomValues(bytes));
const ctx: PlatformContext = {
  platform: testDatabases.platform,
  sealer: testSealer,
  clock,
  newId,
};

const TOKEN = 'a token that nobody may read';
const newSid = () => `AC${crypto.randomUUID().replaceAll('-', '')}`;

async function newAccount(): Promise<string> {
  const sid = newSid();
  await registerCarrierAccount(ctx, {
    sid,
    authToken: TOKEN,
    callsPerSecond: 1,
    maxConcurrentCalls: 10,
    tenantId: null,
  });
  return sid;
}

const tenantInput = (carrierAccountSid: string): CreateTenantInput => ({
  name: 'Harbour Dental',
  plan: 'FULL',
  timeZone: 'America/New_York',
  callingCodes: ['1'],
  isOuterWindowLifted: false,
  carrierAccountSid,
});

test('an account’s token lies sealed in the database and opens again', async () => {
  const sid = await newAccount();
  const row = await testEnv.CONTROL.prepare('SELECT * FROM carrier_account WHERE sid = ?')
    .bind(sid)
    .first<Record<string, unknown>>();
  expect(JSON.stringify(row)).not.toContain(TOKEN);
  expect(JSON.stringify(row)).not.toContain(btoa(TOKEN));
  expect(await testSealer.open(String(row?.token_sealed))).toBe(TOKEN);
});

test('registering an account again changes it', async () => {
  const sid = await newAccount();
  const changed = {
    sid,
    authToken: 'another',
    callsPerSecond: 5,
    maxConcurrentCalls: 50,
    tenantId: null,
  };
  await registerCarrierAccount(ctx, changed);
  const account = await ctx.platform.carrierAccountBySid(sid);
  expect(account).toMatchObject({ callsPerSecond: 5, maxConcurrentCalls: 50 });
  expect(await testSealer.open(account?.tokenSealed ?? '')).toBe('another');
});

test.each(['', 'AC', `SK${'0'.repeat(32)}`, `AC${'0'.repeat(31)}`, `AC${'0'.repeat(33)}`])(
  '"%s" is no account SID',
  async (sid) => {
    const input = {
      sid,
      authToken: TOKEN,
      callsPerSecond: 1,
      maxConcurrentCalls: 1,
      tenantId: null,
    };
    const error: unknown = await registerCarrierAccount(ctx, input).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'invalid_input' });
    expect(String(error)).not.toContain(TOKEN);
  },
);

test('a tenant is loaded as it was made, on a shard that exists', async () => {
  const sid = await newAccount();
  const shards = new Set<number>();
  for (let i = 0; i < 20; i++) {
    const { id } = await createTenant(ctx, tenantInput(sid));
    const { tenant } = await loadTenant({ databases: testDatabases, clock, newId }, id);
    expect(tenant).toMatchObject({ ...tenantInput(sid), id, state: 'active' });
    shards.add(tenant.dataShard);
  }
  expect([...shards].sort()).toEqual([0, 1]);
});

test.each([
  { name: 'a zone that is none', change: { timeZone: 'Mars/Base' }, code: 'invalid_input' },
  {
    name: 'an account nobody registered',
    change: { carrierAccountSid: newSid() },
    code: 'not_found',
  },
])('$name makes no tenant', async ({ change, code }) => {
  const input = { ...tenantInput(await newAccount()), ...change };
  await expect(createTenant(ctx, input)).rejects.toMatchObject({ code });
});

test('an unknown tenant is not found', async () => {
  await expect(
    loadTenant({ databases: testDatabases, clock, newId }, 'ten_unknown'),
  ).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no tenant ten_unknown; check the identifier.',
  });
});

test('a number has one tenant at a time', async () => {
  const sid = await newAccount();
  const [one, other] = [
    await createTenant(ctx, tenantInput(sid)),
    await createTenant(ctx, tenantInput(sid)),
  ];
  const number = { e164: '+12125557001', twilioSid: null };
  await assignNumber(ctx, { tenantId: one.id, ...number });
  for (const { id } of [one, other]) {
    await expect(assignNumber(ctx, { tenantId: id, ...number })).rejects.toMatchObject({
      code: 'conflict',
    });
  }
  expect(await ctx.platform.tenantOfNumber(number.e164)).toBe(one.id);
});

test('a number that is none is refused', async () => {
  const { id } = await createTenant(ctx, tenantInput(await newAccount()));
  await expect(
    assignNumber(ctx, { tenantId: id, e164: '5550001', twilioSid: null }),
  ).rejects.toMatchObject({ code: 'invalid_number' });
});

test('an account is not changed under a call', async () => {
  const [first, second] = [await newAccount(), await newAccount()];
  const { id } = await createTenant(ctx, tenantInput(first));
  const own = await loadTenant({ databases: testDatabases, clock, newId }, id);
  const changes = { carrierAccountSid: second };
  await own.db.run(
    own.db.raw(
      `INSERT INTO attempt (tenant_id, id, campaign_id, contact_id, e164, ordinal, state,
        lease_until, created_at) VALUES (?1, 'call_1', 'cmp', 'con', '+12125550001', 1, 'unknown', 1, 1)`,
    ),
  );
  await expect(editTenant(ctx, { id, revision: 1, changes })).rejects.toMatchObject({
    code: 'conflict',
  });
  await own.db.run(
    own.db.raw("UPDATE attempt SET state = 'ended', ended_at = 1 WHERE tenant_id = ?1"),
  );
  expect(await editTenant(ctx, { id, revision: 1, changes })).toMatchObject(changes);
});

test('tokens are sealed anew under the first key, and old keys can go', async () => {
  const sid = await newAccount();
  const keyOf = (id: string, byte: number) =>
    `${id}:${btoa(String.fromCharCode(...new Uint8Array(32).fill(byte)))}`;
  const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
  const [old, next] = [testEnv.ENCRYPTION_KEYS, keyOf('next', 9)];
  const both = { ...ctx, sealer: sealerFrom(`${next},${old}`, random) };
  expect(await resealTokens(both)).toBeGreaterThan(0);
  expect(await resealTokens(both)).toBe(0);
  const sealed = (await ctx.platform.carrierAccountBySid(sid))?.tokenSealed ?? '';
  expect(keyIdOf(sealed)).toBe('next');
  expect(await sealerFrom(next, random).open(sealed)).toBe(TOKEN);
  // What other tests of this file sealed opens with the old key only.
  await resealTokens({ ...ctx, sealer: sealerFrom(`${old},${next}`, random) });
});

test('what has expired is taken away, what counts stays', async () => {
  const day = 86_400_000;
  const insert = (sql: string) => testEnv.CONTROL.prepare(sql).run();
  const now = clock.now();
  for (const [name, at] of [
    ['old', now - 2 * day],
    ['new', now],
  ] as const) {
    await insert(`INSERT INTO idempotency (tenant_id, key, request_hash, created_at)
      VALUES ('t', '${name}', 'h', ${at})`);
    await insert(`INSERT INTO act_as VALUES ('t', '${name}', 'u', 'r', 0, ${at + day})`);
    await insert(`INSERT INTO sign_in_guard VALUES ('${name}', 1, ${at}, 0)`);
  }
  await ctx.platform.forgetExpired(now);
  for (const [table, column] of [
    ['idempotency', 'key'],
    ['act_as', 'session_id'],
    ['sign_in_guard', 'key'],
  ]) {
    const { results } = await testEnv.CONTROL.prepare(
      `SELECT ${column} AS name FROM ${table} WHERE ${column} IN ('old', 'new')`,
    ).all();
    expect(results, table).toEqual([{ name: 'new' }]);
  }
});
