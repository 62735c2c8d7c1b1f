import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

/** Takes three parts, so that those who wait do so for seconds. */
const SCRIPT = `@channels sms
[start]
Hello {{firstName}}, this is {{tenantName}}. ${'We look forward to seeing you tomorrow. '.repeat(8)}Can you come? Answer 1 for yes. Reply STOP to opt out.
-> 1, @yes: thanks #confirmed
-> @no: END #declined

[thanks]
Thank you, see you tomorrow.
-> END
`;
const ANY_HOUR = { opensMinute: 0, closesMinute: 1440, timeZone: 'America/New_York' };
/** To the question, and not to the thanks. */
const ANSWERS = {
  attempts: [{ outcome: 'answers', reactions: [{ onPrompt: 1, do: { press: '1' } }] }],
};
const SILENT = { attempts: [{ outcome: 'answers' }] };
const OUT_OF_REACH = { attempts: [{ outcome: 'failed' }] };
const NO_SUCH_PHONE = { attempts: [{ outcome: 'invalid' }] };

type Shown = {
  readonly direction: string;
  readonly state: string;
  readonly twilioSid: string | null;
  readonly errorCode: string | null;
};
type AtCarrier = {
  readonly sid: string;
  readonly direction: string;
  readonly from: string;
  readonly to: string;
  readonly status: string;
};
type Enrolment = {
  readonly number: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
};

let whole: Whole;
let tenant: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
});
afterAll(() => whole.stop());

const account = () => `/accounts/${whole.stack.secrets.accountSid}`;
const atCarrier = async (): Promise<AtCarrier[]> => {
  const path = `${account()}/messages?limit=5000`;
  const { messages } = await whole.stack.simulator.request<{ messages: AtCarrier[] }>('GET', path);
  return messages;
};
const sentTo = async (peer: string) =>
  (await atCarrier()).filter(({ to, direction }) => to === peer && direction === 'outbound-api');
const fault = (rule: object) =>
  whole.stack.simulator.request('POST', '/faults', {
    accountSid: whole.stack.secrets.accountSid,
    ...rule,
  });
const threads = async () =>
  (await tenant.get<{ threads: { id: string; peer: string }[] }>('/threads?limit=100')).threads;
const textsOf = async (id: string) =>
  (await tenant.get<{ messages: Shown[] }>(`/threads/${id}?limit=100`)).messages;

async function launchTexts(people: readonly { number: string; persona: object }[]) {
  await whole.callees(people);
  const scriptId = await tenant.script(SCRIPT);
  const { e164: fromNumber } = await tenant.number(null);
  const contacts = people.map(({ number }) => {
    return { externalId: number, number, fields: { firstName: 'Maria' } };
  });
  const saved = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  const settings = { name: 'Texts', channel: 'sms', scriptId, fromNumber, retrySeconds: [1] };
  const { id } = await tenant.post<{ id: string }>('/campaigns', { ...settings, ...ANY_HOUR });
  const contactIds = saved.contacts.map((one) => one.id);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  await tenant.post(`/campaigns/${id}/launch`);
  return { id, fromNumber };
}

/** Waits for its turn at the sender's pace, behind the others. */
async function waitingPeer(peers: readonly string[]): Promise<string> {
  return until(async () => {
    if ((await atCarrier()).length === 0) return null;
    for (const { id, peer } of await threads()) {
      if (!peers.includes(peer)) continue;
      if ((await textsOf(id)).every(({ state }) => state === 'waiting')) return peer;
    }
    return null;
  });
}

test('a campaign of texts with faults: everybody once, and both sides tell the same', async () => {
  const [answers, out, wrong] = ['+14155560001', '+14155560002', '+14155560003'];
  const silent = ['+14155560004', '+14155560005', '+14155560006', '+14155560007'];
  await fault({ kind: 'create-reply-lost', count: 1 });
  await fault({ kind: 'callback-duplicate', rate: 0.6 });
  await fault({ kind: 'callback-reorder', rate: 0.3, delayMs: 500 });
  const { id, fromNumber } = await launchTexts([
    { number: answers, persona: ANSWERS },
    { number: out, persona: OUT_OF_REACH },
    { number: wrong, persona: NO_SUCH_PHONE },
    ...silent.map((number) => ({ number, persona: SILENT })),
  ]);
  const stopped = await waitingPeer(silent);
  await whole.stack.simulator.request('POST', `${account()}/texts`, {
    ...{ to: fromNumber, from: stopped, body: 'STOP' },
  });
  await until(async () => {
    const { state } = await tenant.get<{ state: string }>(`/campaigns/${id}`);
    return state === 'finished' ? state : null;
  }, 90_000);
  expect(await sentTo(stopped)).toEqual([]);

  const listed = await until(async () => {
    const path = `/campaigns/${id}/contacts?limit=100`;
    const { contacts } = await tenant.get<{ contacts: Enrolment[] }>(path);
    const answered = contacts.find(({ number }) => number === answers);
    return answered?.reason === 'confirmed' ? contacts : null;
  });
  const ended = new Map(listed.map(({ number, ...rest }) => [number, rest]));
  expect(ended.get(stopped)).toMatchObject({ state: 'skipped', reason: 'suppressed' });
  expect(ended.get(out)).toMatchObject({ state: 'exhausted', reason: '30003', attempts: 2 });
  expect(ended.get(wrong)).toMatchObject({ state: 'skipped', reason: '30005', attempts: 1 });
  for (const one of silent.filter((number) => number !== stopped)) {
    expect(ended.get(one)).toMatchObject({ state: 'done', reason: 'delivered', attempts: 1 });
  }

  const inLedger = async () => {
    const all = await Promise.all((await threads()).map((thread) => textsOf(thread.id)));
    return all.flat().filter(({ twilioSid }) => twilioSid !== null);
  };
  const books = await until(async () => {
    const [ledger, carrier] = [await inLedger(), await atCarrier()];
    const ours = ledger.map((one) => `${one.twilioSid} ${one.state}`).sort();
    const theirs = carrier.map((one) => `${one.sid} ${one.status}`).sort();
    // Six openings, one of them twice for its retry, and the thanks; STOP and the answer came in.
    return theirs.length === 10 && ours.join() === theirs.join() ? { ours, theirs } : null;
  });
  expect(new Set(books.ours).size).toBe(books.theirs.length);
  expect((await sentTo(answers)).length).toBe(2);
}, 150_000);
