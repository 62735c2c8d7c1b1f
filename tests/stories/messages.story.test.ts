import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = `@channels voice, sms
[start]
Harbour Dental: can you come tomorrow? Answer 1 for yes.
-> 1, @yes: thanks #confirmed
-> @no: END #declined

[thanks]
Thank you, see you tomorrow.
-> END
`;
type Texts = {
  readonly thread: { readonly outcome: string | null };
  readonly messages: readonly { direction: string; state: string; body: string }[];
};
type CarrierMessage = { readonly sid: string; readonly direction: string; readonly to: string };

let whole: Whole;
let tenant: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
});
afterAll(() => whole.stop());

const account = () => `/accounts/${whole.stack.secrets.accountSid}`;
const write = (to: string, from: string, body: string) =>
  whole.stack.simulator.request('POST', `${account()}/texts`, { to, from, body });
const atCarrier = async (peer: string) => {
  const { messages } = await whole.stack.simulator.request<{ messages: CarrierMessage[] }>(
    'GET',
    `${account()}/messages?limit=5000`,
  );
  return messages.filter(({ to, direction }) => to === peer && direction === 'outbound-api');
};
const threadWith = (peer: string) =>
  until(async () => {
    const { threads } = await tenant.get<{ threads: { id: string; peer: string }[] }>('/threads');
    return threads.find((one) => one.peer === peer) ?? null;
  });

test('somebody writes, is asked, answers by a key, and is thanked: every text once', async () => {
  const peer = '+14155550201';
  await whole.callees([{ number: peer, persona: 'presses-1' }]);
  const number = await tenant.number(await tenant.script(SCRIPT));
  await write(number.e164, peer, 'hello');
  const { id } = await threadWith(peer);
  const done = await until(async () => {
    const shown = await tenant.get<Texts>(`/threads/${id}`);
    const sent = shown.messages.filter(({ direction }) => direction === 'outbound');
    const isOver = sent.length === 2 && sent.every(({ state }) => state === 'delivered');
    return isOver ? shown : null;
  });
  expect(done.thread.outcome).toBe('confirmed');
  const newestFirst = done.messages.map(({ body }) => body);
  expect(newestFirst.toReversed().slice(0, 4)).toEqual([
    'hello',
    'Harbour Dental: can you come tomorrow? Answer 1 for yes.',
    '1',
    'Thank you, see you tomorrow.',
  ]);
  expect(await atCarrier(peer)).toHaveLength(2);
});

test('STOP in a conversation: nothing more is sent or called, until START', async () => {
  const peer = '+14155550202';
  await whole.callees([{ number: peer, persona: 'silent' }]);
  const number = await tenant.number(await tenant.script(SCRIPT));
  await write(number.e164, peer, 'hello');
  await until(async () => ((await atCarrier(peer)).length === 1 ? true : null));
  await write(number.e164, peer, 'STOP');
  const refused = () =>
    tenant.send({ to: peer, fromNumber: number.e164, body: 'Are you there?' }).then(
      () => null,
      (error: unknown) => String(error),
    );
  expect(await until(refused)).toContain('asked not to be contacted');
  await write(number.e164, peer, 'YES');
  expect(await refused()).toContain('asked not to be contacted');
  await write(number.e164, peer, 'START');
  await until(async () => ((await refused()) === null ? true : null));
  await until(async () => ((await atCarrier(peer)).length >= 2 ? true : null));
});

test('STOP while a dial is queued: nobody calls', async () => {
  const scriptId = await tenant.script('[start]\nGood day.\n-> END #told\n');
  const number = await tenant.number(scriptId);
  const people = Array.from({ length: 8 }, (_, i) => `+1415555${String(2300 + i)}`);
  await whole.callees(people.map((one) => ({ number: one, persona: 'silent' })));
  const contacts = people.map((one) => ({ externalId: one, number: one, fields: {} }));
  const saved = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  const { id } = await tenant.post<{ id: string }>('/campaigns', {
    ...{ name: 'Slow', scriptId, fromNumber: number.e164, maxCallsPerSecond: 1 },
    ...{ opensMinute: 0, closesMinute: 1440, retrySeconds: [] },
  });
  const contactIds = saved.contacts.map((one) => one.id);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  await tenant.post(`/campaigns/${id}/launch`);
  const called = async () =>
    (await whole.carrierCalls()).map(({ to }) => to).filter((to) => people.includes(to));
  const [first] = await until(async () => {
    const numbers = await called();
    return numbers.length > 0 ? numbers : null;
  });
  const waiting = people.filter((one) => one !== first);
  const stopped = waiting[waiting.length - 1] ?? '';
  const before = await called();
  await write(number.e164, stopped, 'STOP');
  expect(before).not.toContain(stopped);
  await until(async () => {
    const { state } = await tenant.get<{ state: string }>(`/campaigns/${id}`);
    return state === 'finished' ? true : null;
  }, 60_000);
  const end = await called();
  expect(end).not.toContain(stopped);
  expect(new Set(end).size).toBe(people.length - 1);
}, 90_000);

test('a script texts in the middle of a call: one text, linked to its call', async () => {
  const peer = '+14155550203';
  await whole.callees([{ number: peer, persona: 'silent' }]);
  const script = '[start]\nI send you the address.\n@sms "12 Harbour Street"\n-> END #sent\n';
  const number = await tenant.number(await tenant.script(script));
  const persona = { attempts: [{ outcome: 'answers' }] };
  const { sid } = await whole.callIn({ to: number.e164, from: peer, persona });
  const shown = await tenant.finished(sid);
  expect(shown.call.outcome).toBe('sent');
  const { id } = await threadWith(peer);
  const sent = await until(async () => {
    const { messages } = await tenant.get<Texts>(`/threads/${id}`);
    return messages[0]?.state === 'delivered' ? messages : null;
  });
  expect(sent).toMatchObject([{ body: '12 Harbour Street', callId: shown.call.id }]);
  expect(await atCarrier(peer)).toHaveLength(1);
  const events = await until(async () => {
    const { events: own } = await tenant.call(shown.call.id);
    return own.some(({ type }) => type === 'sms.sent') ? own : null;
  });
  expect(events.filter(({ type }) => type === 'sms.sent')).toHaveLength(1);
});
