import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordedWav } from '../../workers/simulator/carrier/recordings.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = `[start]
This is Harbour Dental. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;
const SENSITIVE = `[start]
@capture pin digits 4 "Four digits, please." sensitive
-> ok: END #done
-> else: END #no_response
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };
const NOTICE = 'Harbour Dental records this call.';

let whole: Whole;
let tenant: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
  const { api } = whole.stack;
  const notice = { recordingNotice: NOTICE };
  await api.request('PATCH', `/tenants/${tenant.id}`, notice, undefined, { 'if-match': '"1"' });
});
afterAll(() => whole.stop());

async function recordedNumber(scriptId: string) {
  const number = await tenant.number(scriptId);
  const { api } = whole.stack;
  const on = { recordsCalls: true };
  await api.request('PATCH', `/numbers/${number.id}`, on, tenant.id, { 'if-match': '"2"' });
  return number.e164;
}

type Sounds = { readonly recordings: readonly { id: string; state: string; source: string }[] };

/** The one recording of a call in our store, and what the carrier had recorded. */
async function soundOf(callId: string, sid: string, withinMs?: number) {
  const { recordings } = await until(async () => {
    const found = await tenant.get<Sounds>(`/calls/${callId}/recordings`);
    return found.recordings[0]?.state === 'stored' ? found : null;
  }, withinMs);
  expect(recordings).toMatchObject([{ source: 'call' }]);
  const { url } = await tenant.post<{ url: string }>(`/recordings/${recordings[0]?.id}/url`);
  const ours = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const theirs = (await whole.recordings()).filter(({ callSid }) => callSid === sid);
  return { ours, theirs };
}

/** Whether the carrier played the notice, and only then began to record. */
async function expectNoticeFirst(sid: string): Promise<void> {
  const log = await whole.heard(sid);
  const first = log.findIndex(({ kind }) => kind === 'play' || kind === 'say');
  const began = log.findIndex(({ kind }) => kind === 'recording-begins');
  const asked = log.findIndex(({ kind }) => kind === 'gather');
  expect(first).toBeGreaterThanOrEqual(0);
  expect(began).toBeGreaterThan(first);
  expect(asked).toBeGreaterThan(began);
}

test('a call to a number that records: the notice, then both sides on their own channels', async () => {
  const e164 = await recordedNumber(await tenant.script(SCRIPT));
  const { sid } = await whole.callIn({ to: e164, from: '+14155550301', persona: PRESSES_1 });
  const { call, events } = await tenant.finished(sid);
  expect(call.outcome).toBe('confirmed');
  expect(events.map(({ type }) => type)).toContain('recording.started');
  await expectNoticeFirst(sid);
  const { ours, theirs } = await soundOf(call.id, sid);
  expect(theirs).toMatchObject([{ channels: 2, source: 'StartCallRecordingTwiML' }]);
  const [kept] = theirs;
  if (kept === undefined) throw new Error('The carrier recorded nothing');
  expect(ours).toEqual(recordedWav(kept, 2));
});

test('a campaign that records: the notice is made ahead like every other sentence', async () => {
  const scriptId = await tenant.script(SCRIPT);
  const number = '+14155550302';
  await whole.callees([{ number, persona: PRESSES_1 }]);
  const contacts = [{ externalId: number, number, fields: {} }];
  const saved = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  const { e164: fromNumber } = await tenant.number(null);
  const { id } = await tenant.post<{ id: string }>('/campaigns', {
    ...{ name: 'Recorded', scriptId, fromNumber, recordsCalls: true },
    ...{ opensMinute: 0, closesMinute: 1440, retrySeconds: [] },
  });
  const contactIds = saved.contacts.map((one) => one.id);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  await tenant.post(`/campaigns/${id}/launch`);
  const placed = await until(async () => {
    const calls = await whole.carrierCalls();
    return calls.find(({ to, status }) => to === number && status === 'completed') ?? null;
  });
  const { call, events } = await tenant.finished(placed.sid);
  expect(events.filter(({ type }) => type === 'tts.fallback')).toEqual([]);
  await expectNoticeFirst(placed.sid);
  const said = (await whole.heard(placed.sid)).filter(({ kind }) => kind === 'say');
  expect(said).toEqual([]);
  const { theirs } = await soundOf(call.id, placed.sid);
  expect(theirs).toHaveLength(1);
});

test('a recording that comes late, and then in half, is whole in the end', async () => {
  const fault = (kind: string, count: number) =>
    whole.stack.simulator.request('POST', '/faults', {
      ...{ kind, count, accountSid: whole.stack.secrets.accountSid },
    });
  await fault('recording-late', 2);
  await fault('recording-cut', 1);
  const e164 = await recordedNumber(await tenant.script(SCRIPT));
  const { sid } = await whole.callIn({ to: e164, from: '+14155550304', persona: PRESSES_1 });
  const { call } = await tenant.finished(sid);
  const { ours, theirs } = await soundOf(call.id, sid, 90_000);
  const [kept] = theirs;
  if (kept === undefined) throw new Error('The carrier recorded nothing');
  expect(ours).toEqual(recordedWav(kept, 2));
  const path = `/faults?accountSid=${whole.stack.secrets.accountSid}`;
  const { faults } = await whole.stack.simulator.request<{
    faults: { kind: string; struck: number }[];
  }>('GET', path);
  expect(faults.map(({ kind, struck }) => [kind, struck])).toEqual([
    ['recording-late', 2],
    ['recording-cut', 1],
  ]);
}, 120_000);

test('a recording that the carrier could not make is told of', async () => {
  const fault = { kind: 'recording-absent', count: 1 };
  const { accountSid } = whole.stack.secrets;
  await whole.stack.simulator.request('POST', '/faults', { ...fault, accountSid });
  const e164 = await recordedNumber(await tenant.script(SCRIPT));
  const { sid } = await whole.callIn({ to: e164, from: '+14155550305', persona: PRESSES_1 });
  const { call } = await tenant.finished(sid);
  const failed = await until(async () => {
    const { events } = await tenant.call(call.id);
    return events.find(({ type }) => type === 'recording.failed') ?? null;
  });
  expect(failed.detail).toMatchObject({ reason: '16102' });
  expect((await whole.recordings()).filter(({ callSid }) => callSid === sid)).toEqual([]);
});

test('a script that asks for what nobody may keep is not recorded, and says so', async () => {
  const e164 = await recordedNumber(await tenant.script(SENSITIVE));
  const persona = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1234' } }] }] };
  const { sid } = await whole.callIn({ to: e164, from: '+14155550303', persona });
  const { call, events } = await tenant.finished(sid);
  expect(call.status).toBe('completed');
  expect(events.find(({ type }) => type === 'recording.skipped')?.detail).toEqual({
    reason: 'sensitive_questions',
  });
  expect((await whole.recordings()).filter(({ callSid }) => callSid === sid)).toEqual([]);
});
