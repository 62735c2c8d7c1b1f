import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, type ShownCall, startWhole, until, type Whole } from '../support/whole.ts';

const PEOPLE = 40;
const SCRIPT = `[start]
This is Harbour Dental with a greeting that takes its time. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };

type Move = { readonly state: string; readonly toShard: number; readonly error: string | null };
type Own = {
  readonly tenant: OwnTenant;
  readonly campaignId: string;
  readonly numbers: readonly string[];
  readonly e164: string;
};

let whole: Whole;
let moved: Own;
let other: Own;
beforeAll(async () => {
  whole = await startWhole({ timeScale: 4, settings: { MOVE_GRACE_SECONDS: '1' } });
  [moved, other] = [await newOwn(1), await newOwn(2)];
});
afterAll(() => whole.stop());

async function newOwn(n: number): Promise<Own> {
  const tenant = await whole.newTenant();
  const scriptId = await tenant.script(SCRIPT);
  const { e164 } = await tenant.number(scriptId);
  const numbers = Array.from({ length: PEOPLE }, (_, i) => `+1415${n}56${1000 + i}`);
  await whole.callees(numbers.map((number) => ({ number, persona: PRESSES_1 })));
  const contacts = numbers.map((number) => ({ externalId: number, number, fields: {} }));
  const added = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  const { id } = await tenant.post<{ id: string }>('/campaigns', {
    ...{ name: 'Moving', scriptId, fromNumber: e164, opensMinute: 0, closesMinute: 1440 },
  });
  const contactIds = added.contacts.map((contact) => contact.id);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  return { tenant, campaignId: id, numbers, e164 };
}

/** One tick of workers/api's cron, which is where moves go on. */
async function tick(): Promise<void> {
  await fetch(`${whole.stack.appUrl}/cdn-cgi/explorer/api/local/scheduled?worker=destiny-api`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ cron: '* * * * *' }),
  }).then((answer) => answer.text());
}

const path = ({ tenant }: Own) => `/system/tenants/${tenant.id}/move`;
const ask = (own: Own, shard: number) =>
  whole.stack.api.request<Move>('POST', path(own), { shard });

function untilMoved(own: Own): Promise<Move> {
  return until(async () => {
    await tick().catch(() => undefined);
    const move = await whole.stack.api.request<Move>('GET', path(own));
    return ['done', 'undone'].includes(move.state) ? move : null;
  }, 90_000);
}

test('a tenant moves while it calls, is called and is written to; another notices nothing', async () => {
  const { api } = whole.stack;
  for (const { tenant, campaignId } of [moved, other]) {
    await tenant.post(`/campaigns/${campaignId}/launch`);
  }
  await until(async () => ((await whole.carrierCalls()).length > 15 ? true : null), 60_000);
  const before = shardOf(moved);
  const shard = 1 - before;
  expect(await ask(moved, shard)).toMatchObject({ state: 'copying', toShard: shard });
  expect(await ask(moved, shard)).toMatchObject({ toShard: shard });
  await expect(ask(moved, before)).rejects.toThrow(/409.*"conflict"/);
  await expect(ask(other, 99)).rejects.toThrow(/422.*"invalid_input"/);

  let isOver = false;
  const written = { moved: 0, other: 0, refused: [] as string[] };
  const writing = async (own: Own, who: 'moved' | 'other') => {
    while (!isOver) {
      const e164 = `+1212777${String((who === 'moved' ? 1000 : 5000) + written[who])}`;
      await own.tenant.post('/suppressions', { e164 }).then(
        () => {
          written[who] += 1;
        },
        (error) => written.refused.push(`${who}: ${error}`),
      );
    }
  };
  const calling = async () => {
    const calls = [];
    for (let n = 0; !isOver && n < 20; n++) {
      const { e164: to } = n % 2 === 0 ? moved : other;
      calls.push(await whole.callIn({ to, from: `+1646555${1000 + n}`, persona: PRESSES_1 }));
      await whole.stack.simulator.request(
        'POST',
        `/accounts/${whole.stack.secrets.accountSid}/texts`,
        { to: moved.e164, from: `+1646556${1000 + n}`, body: 'STOP' },
      );
    }
    return calls;
  };
  const work = Promise.all([writing(moved, 'moved'), writing(other, 'other'), calling()]);
  const end = await untilMoved(moved);
  isOver = true;
  const [, , callsIn] = await work;
  expect(end).toMatchObject({ state: 'done', error: null });
  expect(shardOf(moved)).toBe(shard);
  // Only the one that moves may be asked to try again, and only by the code for it.
  for (const refused of written.refused) expect(refused).toMatch(/^moved: .*"tenant_moving"/);
  expect(written.moved).toBeGreaterThan(3);

  for (const { tenant, campaignId } of [moved, other]) {
    await until(async () => {
      const { state } = await tenant.get<{ state: string }>(`/campaigns/${campaignId}`);
      return state === 'finished' ? state : null;
    }, 120_000);
  }
  const carrier = await whole.carrierCalls();
  for (const own of [moved, other]) {
    const { e164, numbers } = own;
    const out = carrier.filter(({ from }) => from === e164);
    expect(out.map(({ to }) => to).sort()).toEqual([...numbers].sort());
    const theirs = carrier.filter(({ from, to }) => from === e164 || to === e164);
    const ours = await until(async () => {
      const calls = await ledgerOf(own);
      return calls.every(({ status }) => status === 'completed') ? calls : null;
    });
    expect(ours.map(({ twilioSid }) => twilioSid).sort()).toEqual(
      theirs.map(({ sid }) => sid).sort(),
    );
    expect(ours.every(({ outcome }) => outcome === 'confirmed')).toBe(true);
    const figures = `/system/tenants/${own.tenant.id}/figures/check`;
    expect(await api.request('GET', figures)).toMatchObject({ wrong: 0 });
  }
  expect(callsIn.length).toBeGreaterThan(2);
  const stops = await until(async () => {
    const suppressed = await suppressedBy(moved);
    const texted = suppressed.filter((number) => number.startsWith('+1646556'));
    return texted.length === callsIn.length ? texted : null;
  });
  expect(new Set(stops).size).toBe(callsIn.length);
  const typed = (await suppressedBy(moved)).filter((number) => number.startsWith('+1212777'));
  expect(typed).toHaveLength(written.moved);
  expect(tablesWith(moved.tenant.id)).toEqual([shard]);
  console.info(
    `move: ${callsIn.length} calls in, ${written.moved} and ${written.other} writes, ${written.refused.length} told to try again`,
  );
}, 240_000);

test('a move that is killed in the middle goes on, and every figure is what it was', async () => {
  const shown = async () => {
    const paths = [
      ...['/analytics/summary?period=24h', '/analytics/campaigns?period=24h', '/usage'],
      ...['/calls?limit=100', '/contacts?limit=100', '/campaigns'],
    ];
    const { threads } = await moved.tenant.get<{ threads: { id: string }[] }>('/threads?limit=100');
    // Those of one millisecond come in any order.
    const sorted = threads.toSorted((left, right) => left.id.localeCompare(right.id));
    return [...(await Promise.all(paths.map((one) => moved.tenant.get(one)))), sorted];
  };
  const before = await shown();
  const shard = 1 - shardOf(moved);
  await ask(moved, shard);
  const cut = tick().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await whole.stack.killApp({ MOVE_GRACE_SECONDS: '1' });
  await cut;
  expect(await untilMoved(moved)).toMatchObject({ state: 'done' });
  expect(shardOf(moved)).toBe(shard);
  expect(await shown()).toEqual(before);
  expect(tablesWith(moved.tenant.id)).toEqual([shard]);
}, 180_000);

async function ledgerOf({ tenant }: Own): Promise<ShownCall[]> {
  return (await tenant.get<{ calls: ShownCall[] }>('/calls?limit=200')).calls;
}

async function suppressedBy({ tenant }: Own): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await tenant.get<{
      suppressions: { number: string }[];
      nextCursor: string | null;
    }>(`/suppressions?limit=500${cursor}`);
    found.push(...page.suppressions.map(({ number }) => number));
    if (page.nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
}

/** What the databases on the disk say. */
function databases(): DatabaseSync[] {
  const files = globSync('store/v3/d1/**/*.sqlite', { cwd: whole.stateDir });
  return files.map((file) => new DatabaseSync(join(whole.stateDir, file), { readOnly: true }));
}

function shardOf({ tenant }: Own): number {
  for (const database of databases()) {
    try {
      const row = database
        .prepare('SELECT data_shard AS n FROM tenant WHERE id = ?')
        .get(tenant.id);
      if (row !== undefined) return Number(row.n);
    } catch {
      // Another database: it has no such table.
    } finally {
      database.close();
    }
  }
  throw new Error(`no tenant ${tenant.id}`);
}

/** In how many shards the tenant has calls, named by the one that CONTROL says; the files have no names. */
function tablesWith(tenantId: string): number[] {
  const shards: number[] = [];
  for (const database of databases()) {
    try {
      const row = database
        .prepare('SELECT count(*) AS n FROM call WHERE tenant_id = ?')
        .get(tenantId);
      if (Number(row?.n) > 0) shards.push(shardOf(moved));
    } catch {
      // Another database: it has no such table.
    } finally {
      database.close();
    }
  }
  return shards;
}
