import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = `[start]
Hi {{firstName}}, this is {{tenantName}}.
Will you come? Press 1 for yes, or 2 for no.
-> 1, @yes: END #confirmed
-> 2, @no: END #declined
`;
const ANY_HOUR = { opensMinute: 0, closesMinute: 1440, timeZone: 'America/New_York' };

type Person = { readonly number: string; readonly persona: unknown };
type Progress = {
  readonly state: string;
  readonly contacts: Readonly<Record<string, number>>;
  readonly calls: Readonly<Record<string, number>>;
};
type Enrolment = {
  readonly number: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
  readonly dueAt: number | null;
};

let whole: Whole;
let tenant: OwnTenant;
let scriptId: string;
let fromNumber: string;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
  scriptId = await tenant.script(SCRIPT);
  fromNumber = (await tenant.number(null)).e164;
});
afterAll(() => whole.stop());

/** Contacts of the tenant whose numbers answer as told; answers their ids. */
async function people(all: readonly Person[]): Promise<string[]> {
  await whole.callees(all);
  const contacts = all.map(({ number }) => {
    return { externalId: number, number, fields: { firstName: 'Maria' } };
  });
  const saved = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  return saved.contacts.map(({ id }) => id);
}

async function draft(contactIds: readonly string[], settings: object = {}): Promise<string> {
  const body = { name: 'Story', scriptId, fromNumber, ...ANY_HOUR, retrySeconds: [], ...settings };
  const { id } = await tenant.post<{ id: string }>('/campaigns', body);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  return id;
}

const launch = (id: string) => tenant.post(`/campaigns/${id}/launch`);
const progress = (id: string) => tenant.get<Progress>(`/campaigns/${id}`);
const finished = (id: string) =>
  until(async () => {
    const shown = await progress(id);
    return shown.state === 'finished' ? shown : null;
  }, 60_000);
const enrolments = async (id: string) =>
  (await tenant.get<{ contacts: Enrolment[] }>(`/campaigns/${id}/contacts?limit=100`)).contacts;
const callsTo = async (numbers: readonly string[]) =>
  (await whole.carrierCalls()).filter(({ to }) => numbers.includes(to));
const numbered = (prefix: string, count: number, persona: unknown): Person[] =>
  Array.from({ length: count }, (_, n) => {
    return { number: `${prefix}${String(n).padStart(2, '0')}`, persona };
  });

test('paused in the middle, nobody is called; resumed, everybody is, and nobody twice', async () => {
  const all = numbered('+141555510', 60, 'presses-1');
  const numbers = all.map(({ number }) => number);
  const id = await draft(await people(all));
  await launch(id);
  await until(async () => ((await callsTo(numbers)).length >= 12 ? true : null));
  await tenant.post(`/campaigns/${id}/pause`);
  const still = await until(async () => {
    const shown = await progress(id);
    return (shown.contacts.active ?? 0) === 0 ? shown : null;
  });
  const before = await callsTo(numbers);
  expect(still.state).toBe('paused');
  expect(still.contacts.due).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(60);

  await launch(id);
  expect((await finished(id)).contacts).toEqual({ done: 60 });
  const after = await callsTo(numbers);
  const reached = after.filter(({ status }) => status === 'completed').map(({ to }) => to);
  expect(reached.toSorted()).toEqual(numbers);
  // Whoever was called more than once was taken back by the pause while it rang.
  expect(after.length - 60).toBe(after.filter(({ status }) => status === 'canceled').length);
  const { calls } = await progress(id);
  expect(Object.values(calls).reduce((sum, n) => sum + n, 0)).toBe(after.length);
});

test('a contact in two campaigns is called once a day when that is the limit', async () => {
  const [person] = numbered('+141555520', 1, 'presses-1');
  const contactIds = await people(person === undefined ? [] : [person]);
  const first = await draft(contactIds);
  await launch(first);
  await finished(first);

  const second = await draft(contactIds, { dailyAttemptsPerNumber: 1 });
  type Preflight = { callable: number; later: Record<string, number> };
  const before = await tenant.get<Preflight>(`/campaigns/${second}/preflight`);
  expect(before).toMatchObject({ callable: 0, later: { dialled_too_often: 1 } });
  await launch(second);
  const hour = 3_600_000;
  const [waits] = await until(async () => {
    const shown = await enrolments(second);
    return (shown[0]?.dueAt ?? 0) > Date.now() + hour ? shown : null;
  });
  expect(waits).toMatchObject({ state: 'due', attempts: 0 });
  expect(await callsTo([person?.number ?? ''])).toHaveLength(1);
});

test('a number suppressed while the campaign runs is not called again', async () => {
  const busyFirst = { attempts: [{ outcome: 'busy' }, { outcome: 'answers' }] };
  const all = numbered('+141555530', 2, busyFirst);
  const [stopped = '', kept = ''] = all.map(({ number }) => number);
  const id = await draft(await people(all), { retrySeconds: [4] });
  await launch(id);
  await until(async () => {
    const calls = await callsTo([stopped]);
    return calls[0]?.status === 'busy' ? true : null;
  });
  await tenant.post('/suppressions', { e164: stopped });
  await finished(id);
  const shown = await enrolments(id);
  const of = (e164: string) => shown.find(({ number }) => number === e164);
  expect(of(stopped)).toMatchObject({ state: 'skipped', reason: 'suppressed' });
  expect(of(kept)).toMatchObject({ state: 'done' });
  expect(await callsTo([stopped])).toHaveLength(1);
  expect(await callsTo([kept])).toHaveLength(2);
});

test('a draft is changed by who has seen it as it is, and deleted; what runs is not', async () => {
  const id = await draft(await people(numbered('+141555550', 1, 'presses-1')));
  const { api } = whole.stack;
  const edit = (revision: number, body: object) =>
    api.request('PATCH', `/campaigns/${id}`, body, tenant.id, { 'if-match': `"${revision}"` });
  expect(await edit(1, { ringSeconds: 20 })).toMatchObject({ ringSeconds: 20, revision: 2 });
  await expect(edit(1, { ringSeconds: 25 })).rejects.toThrow('changed in the meantime');
  await expect(edit(2, { ringSeconds: 5 })).rejects.toThrow();
  await api.request('DELETE', `/campaigns/${id}`, undefined, tenant.id);
  await expect(progress(id)).rejects.toThrow('There is no campaign');
});

test('cloned for those who were not reached, and again for those who said no', async () => {
  const unreached = { attempts: [{ outcome: 'no-answer' }, { outcome: 'answers' }] };
  const all = [
    ...numbered('+141555540', 1, 'presses-1'),
    ...numbered('+141555541', 1, 'presses-2'),
    ...numbered('+141555542', 1, unreached),
  ];
  const [yes = '', no = '', nobody = ''] = all.map(({ number }) => number);
  const id = await draft(await people(all));
  await launch(id);
  await finished(id);

  const clone = async (body: object) => {
    const made = await tenant.post<{ id: string }>(`/campaigns/${id}/clone`, {
      name: 'Once more',
      ...body,
    });
    expect((await progress(made.id)).state).toBe('draft');
    await launch(made.id);
    await finished(made.id);
    return (await enrolments(made.id)).map(({ number }) => number);
  };
  expect(await clone({ contacts: 'unreached' })).toEqual([nobody]);
  expect(await clone({ contacts: 'outcome', outcomes: ['declined'] })).toEqual([no]);
  expect(await callsTo([yes])).toHaveLength(1);
  expect(await callsTo([no])).toHaveLength(2);
  expect(await callsTo([nobody])).toHaveLength(2);
});
