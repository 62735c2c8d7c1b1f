import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { asAdmin, newAgent, type TestAgent } from '../support/agents.ts';
import {
  type OwnTenant,
  type ShownEvent,
  startWhole,
  until,
  type Whole,
} from '../support/whole.ts';

const CALLER = '+14155550123';
const SCRIPT = `[start]
Harbour Dental. Press 1 for a person.
-> 1, "person": desk
-> else: END #no_response

[desk]
One moment, I connect you.
@transfer agents timeout 60s
-> answered: thanks #transferred
-> busy: full #all_busy
-> no-answer: message
-> failed: broken #broken

[thanks]
Thank you for calling.
-> END

[full]
Everybody talks.
-> END

[broken]
That did not work.
-> END

[message]
Nobody is free. Please leave a message after the tone.
@voicemail max 60s
-> ok: END #left_message
-> no-input: END #said_nothing
`;
const SETTINGS = {
  ...{ offersAtOnce: 1, ringSeconds: 6, waitSeconds: 60, wrapUpSeconds: 2, queueWhenBusy: true },
};
const persona = (rest: Record<string, unknown> = {}) => ({
  attempts: [
    {
      outcome: 'answers',
      reactions: [
        { heard: 'beep', do: { say: 'call me back', seconds: 6 } },
        { do: { press: '1' } },
      ],
      ...rest,
    },
  ],
});

let whole: Whole;
let tenant: OwnTenant;
let to: string;
let agents: TestAgent[] = [];
beforeAll(async () => {
  whole = await startWhole();
});
afterAll(() => whole.stop());
beforeEach(async () => {
  tenant = await whole.newTenant();
  to = (await tenant.number(await tenant.script(SCRIPT))).e164;
  await set({});
});
afterEach(() => {
  for (const { client } of agents) client.close();
  agents = [];
});

const set = (changed: Partial<typeof SETTINGS>) =>
  asAdmin(whole, tenant, 'PUT', '/agents/settings', { ...SETTINGS, ...changed });
const calls = (rest: Record<string, unknown> = {}) =>
  whole.callIn({ to, from: CALLER, persona: persona(rest) });
async function hired(name: string): Promise<TestAgent> {
  const agent = await newAgent(whole, tenant, name);
  agents.push(agent);
  return agent;
}
const of = (events: readonly ShownEvent[], type: string) =>
  events.filter((event) => event.type === type).map(({ detail }) => detail);

test('a caller is handed to the agent who takes him, and comes back to the script', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  const talk = await ann.take();
  expect(talk).toMatchObject({ number: CALLER, node: 'desk', isHeld: false });
  expect(ann.client.state.agent?.presence).toBe('busy');
  ann.phone.hangUp();
  const { call, events } = await tenant.finished(sid);
  expect(call).toMatchObject({ status: 'completed', outcome: 'transferred' });
  expect(of(events, 'transfer.start')).toEqual([{ to: 'agents' }]);
  expect(of(events, 'transfer.answered')).toMatchObject([{ agent: ann.id }]);
  expect(of(events, 'transfer.ended')).toHaveLength(1);
  expect(of(events, 'transfer.failed')).toEqual([]);
  const heard = await whole.heard(sid);
  expect(heard.some(({ kind, url }) => kind === 'play' && String(url).endsWith('/hold.wav'))).toBe(
    true,
  );
  expect(heard.filter(({ kind }) => kind === 'error')).toEqual([]);
  await ann.presence('wrap_up');
  await ann.ask('POST', `/agent/calls/${call.id}/wrap-up`, { outcome: 'confirmed' });
  await ann.presence('available');
  await until(async () =>
    (await tenant.call(call.id)).call.outcome === 'confirmed' ? true : null,
  );
});

test('an agent who does not answer is away; the caller leaves a message', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  await ann.offered();
  await ann.presence('away');
  const { call, events } = await tenant.finished(sid);
  expect(call.outcome).toBe('left_message');
  expect(of(events, 'transfer.failed')).toMatchObject([{ reason: 'not_accepted' }]);
  expect(of(events, 'transfer.answered')).toEqual([]);
});

test('nobody is there: the script goes on at once', async () => {
  await hired('Ann');
  const { sid } = await calls();
  const { call, events } = await tenant.finished(sid);
  expect(call.outcome).toBe('left_message');
  expect(of(events, 'transfer.failed')).toMatchObject([{ reason: 'nobody_there' }]);
});

test('all are busy: who waits hears his place, and after his time takes the busy branch', async () => {
  await set({ waitSeconds: 8 });
  const ann = await hired('Ann');
  await ann.available();
  const first = await calls();
  await ann.take();
  const second = await calls();
  const { call, events } = await tenant.finished(second.sid);
  expect(call.outcome).toBe('all_busy');
  expect(of(events, 'transfer.failed')).toMatchObject([{ reason: 'all_busy' }]);
  const said = (await whole.heard(second.sid)).filter(({ kind }) => kind === 'say');
  expect(said.map(({ text }) => text)).toContain('You are the next in line.');
  await set({ queueWhenBusy: false });
  const third = await tenant.finished((await calls()).sid);
  expect(third.call.outcome).toBe('all_busy');
  ann.phone.hangUp();
  expect((await tenant.finished(first.sid)).call.outcome).toBe('transferred');
});

test('who waited longest is the next one that an agent hears of', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const first = await calls();
  const talk = await ann.take();
  const second = await calls();
  await until(async () => {
    const { waiting } = await ann.ask<{ waiting: unknown[] }>('GET', '/agents');
    return waiting.length === 1 ? true : null;
  });
  ann.phone.hangUp();
  await tenant.finished(first.sid);
  const next = await ann.take();
  expect(next.callId).not.toBe(talk.callId);
  ann.phone.hangUp();
  expect((await tenant.finished(second.sid)).call.outcome).toBe('transferred');
});

test('a caller who hangs up while it rings takes the offer with him', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls({ hangUpAfterSeconds: 22 });
  await ann.offered();
  const { events } = await tenant.finished(sid);
  expect(of(events, 'transfer.failed')).toMatchObject([{ reason: 'caller_left' }]);
  await ann.when(({ offers }) => offers.length === 0);
  expect(ann.client.state.agent?.presence).toBe('available');
});

test('an agent whose page dies in the talk leaves his caller to the script', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  await ann.take();
  // A page that dies takes its line and its place at the desk with it.
  ann.client.close();
  ann.phone.hangUp();
  const { call, events } = await tenant.finished(sid);
  expect(call).toMatchObject({ status: 'completed', outcome: 'transferred' });
  expect(of(events, 'transfer.ended')).toHaveLength(1);
  const bob = await hired('Bob');
  await until(async () => {
    const { agents: all } = await bob.ask<{ agents: { id: string; presence: string }[] }>(
      'GET',
      '/agents',
    );
    return all.find(({ id }) => id === ann.id)?.presence === 'away' ? true : null;
  });
});

test('an agent who takes a caller and cannot connect loses him to the next one', async () => {
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await ann.available();
  ann.phone.connect = async () => {
    throw new Error('no microphone');
  };
  const { sid } = await calls();
  const offer = await ann.offered();
  await bob.available();
  ann.client.accept(offer.id);
  await bob.take();
  await ann.presence('away');
  bob.phone.hangUp();
  const { events } = await tenant.finished(sid);
  expect(of(events, 'transfer.answered')).toMatchObject([{ agent: bob.id }]);
});

test('presence may be said over REST too, by whom the desk knows', async () => {
  const ann = await hired('Ann');
  const shown = await ann.ask('PATCH', '/agents/me', { presence: 'available' });
  expect(shown).toMatchObject({ id: ann.id, name: 'Ann', presence: 'available' });
  await ann.presence('available');
});

test('several hear of a caller at once; the first has him', async () => {
  await set({ offersAtOnce: 3 });
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await Promise.all([ann.available(), bob.available()]);
  const { sid } = await calls();
  const [forAnn, forBob] = await Promise.all([ann.offered(), bob.offered()]);
  expect(forAnn.callId).toBe(forBob.callId);
  await ann.take();
  await bob.when(({ offers }) => offers.length === 0);
  expect(bob.client.state.agent?.presence).toBe('available');
  ann.phone.hangUp();
  await tenant.finished(sid);
});

test('two transfers: to another agent, and from him to a number outside', async () => {
  const outside = '+12125550870';
  const answers = { outcome: 'answers', ringSeconds: 2, reactions: [], hangUpAfterSeconds: 12 };
  await whole.callees([{ number: outside, persona: { attempts: [answers] } }]);
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await ann.available();
  const { sid } = await calls();
  const { callId } = await ann.take();
  await bob.available();
  await ann.ask('POST', `/agent/calls/${callId}/transfer`, { to: 'agents' });
  expect((await bob.offered()).from).toBe(ann.id);
  await ann.when(({ talk }) => talk?.isHandedOn);
  await bob.take();
  ann.phone.hangUp();
  await ann.presence('wrap_up');
  await bob.ask('POST', `/agent/calls/${callId}/transfer`, { to: outside });
  bob.phone.hangUp();
  const { call, events } = await tenant.finished(sid);
  expect(call).toMatchObject({ status: 'completed', outcome: 'transferred' });
  expect(of(events, 'transfer.failed')).toEqual([]);
  expect(of(events, 'transfer.answered')).toHaveLength(1);
  const rung = (await whole.carrierCalls()).find((one) => one.to === outside);
  expect(rung).toMatchObject({ status: 'completed', direction: 'outbound-api' });
  const states = (await whole.heard(sid)).filter(({ kind }) => kind === 'conference');
  expect(states.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['waiting', 'live', 'held', 'left']),
  );
  expect(states.filter(({ state }) => state === 'held')).toHaveLength(2);
});

test('a caller whom nobody else takes comes back to the agent who is still there', async () => {
  await set({ waitSeconds: 5 });
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await ann.available();
  const { sid } = await calls();
  const { callId } = await ann.take();
  const alone = ann.ask('POST', `/agent/calls/${callId}/transfer`, { to: 'agents' });
  await expect(alone).rejects.toThrow('409');
  await bob.available();
  await ann.ask('POST', `/agent/calls/${callId}/transfer`, { to: bob.id });
  await bob.offered();
  await ann.when(({ talk }) => talk?.isHandedOn);
  await ann.when(({ talk }) => talk !== null && !talk.isHandedOn && !talk.isHeld);
  ann.phone.hangUp();
  expect((await tenant.finished(sid)).call.outcome).toBe('transferred');
});

test('hold, and a supervisor who listens', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  const { callId } = await ann.take();
  await ann.ask('POST', `/agent/calls/${callId}/hold`, { isHeld: true });
  await ann.when(({ talk }) => talk?.isHeld);
  await ann.ask('POST', `/agent/calls/${callId}/hold`, { isHeld: false });
  const path = `/agent/calls/${callId}/listen`;
  const { ticket } = await asAdmin<{ ticket: string }>(whole, tenant, 'POST', path, {
    mode: 'listen',
  });
  const boss = await hired('Boss');
  await boss.phone.connect(ticket);
  const room = await until(async () => {
    const { simulator } = whole.stack;
    type Rooms = { conferences: { sid: string; friendly_name: string }[] };
    const { conferences } = await simulator.twilio<Rooms>(
      'GET',
      '/Conferences.json?Status=in-progress',
    );
    const own = conferences.find((one) => one.friendly_name.startsWith(callId));
    type Seats = { participants: { label: string; muted: boolean }[] };
    const { participants } = await simulator.twilio<Seats>(
      'GET',
      `/Conferences/${own?.sid}/Participants.json`,
    );
    return participants.length === 3 ? participants : null;
  });
  expect(room.find(({ label }) => label.startsWith('listener'))).toMatchObject({ muted: true });
  boss.phone.hangUp();
  ann.phone.hangUp();
  expect((await tenant.finished(sid)).call.outcome).toBe('transferred');
});

test('a ticket is good once, and for nobody else', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  const used: string[] = [];
  const { connect } = ann.phone;
  ann.phone.connect = (ticket) => {
    used.push(ticket);
    return connect.call(ann.phone, ticket);
  };
  await ann.take();
  const thief = await hired('Thief');
  for (const ticket of [used[0] ?? '', `${tenant.id}.guess`, 'nonsense']) {
    await thief.phone.connect(ticket);
    const refused = await until(async () => {
      const own = (await whole.carrierCalls()).filter(({ from }) => from.startsWith('client:'));
      const last = own.at(-1);
      return last?.status === 'completed' ? last : null;
    });
    const heard = await whole.heard(refused.sid);
    expect(heard.map(({ text }) => text)).toContain('This call is not yours any more. Goodbye.');
    expect(heard.some(({ kind }) => kind === 'conference')).toBe(false);
  }
  ann.phone.hangUp();
  expect((await tenant.finished(sid)).call.outcome).toBe('transferred');
});

test('callbacks that come twice, late and in any order change nothing', async () => {
  const { accountSid } = whole.stack.secrets;
  const { simulator } = whole.stack;
  for (const [kind, rate] of [
    ['callback-duplicate', 0.5],
    ['callback-reorder', 0.5],
    ['callback-drop', 0.2],
  ] as const) {
    await simulator.request('POST', '/faults', { kind, accountSid, rate, delayMs: 400 });
  }
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await Promise.all([ann.available(), bob.available()]);
  for (let n = 0; n < 3; n++) {
    const { sid } = await calls();
    const who = await until(
      async () => [ann, bob].find(({ client }) => client.state.offers.length > 0) ?? null,
    );
    who.client.accept(who.client.state.offers[0]?.id ?? '');
    await until(async () => {
      const live = (await whole.heard(sid)).some(({ state }) => state === 'live');
      return live ? true : null;
    });
    who.phone.hangUp();
    const { call, events } = await tenant.finished(sid);
    expect(call.outcome).toBe('transferred');
    expect(of(events, 'transfer.answered')).toHaveLength(1);
    expect(of(events, 'transfer.ended')).toHaveLength(1);
    await who.presence('available');
  }
  await simulator.request('DELETE', `/faults?accountSid=${accountSid}`);
});

test('the app dies and comes back: who waited is still on offer, and who talks talks on', async () => {
  await set({ ringSeconds: 60 });
  const [ann, bob] = [await hired('Ann'), await hired('Bob')];
  await ann.available();
  const first = await calls({ hangUpAfterSeconds: 900 });
  await ann.take();
  await bob.available();
  const second = await calls();
  await bob.offered();
  await whole.stack.killApp();
  await bob.when(({ connection, offers }) => connection === 'open' && offers.length === 1);
  await bob.take();
  bob.phone.hangUp();
  ann.phone.hangUp();
  for (const { sid } of [first, second]) {
    expect((await tenant.finished(sid)).call.outcome).toBe('transferred');
  }
});
