import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { desks, sit } from '../../tests/support/desk-page.ts';
import { SID, sessionOf, webhook } from '../../tests/support/session.ts';
import { type Talk, talk } from '../../tests/support/talk.ts';

const SCRIPT = `[start]
One moment.
@transfer agents timeout 30s
-> answered: END #transferred
-> busy: END #busy
-> no-answer: END #nobody
-> else: END #broken
`;
const AGENT_SID = `CA${'b'.repeat(32)}`;
const SETTINGS = {
  ...{ offersAtOnce: 1, ringSeconds: 20, waitSeconds: 60, wrapUpSeconds: 10, queueWhenBusy: true },
};

let last = 0;

/** A tenant with a desk, an agent's page at it, and a call of its own. */
async function scene() {
  last += 1;
  const tenantId = `ten_${String(last).padStart(26, '0')}`;
  const desk = desks.getByName(`t:${tenantId}`);
  const call = await talk(SCRIPT, { inbound: CAME_IN }, tenantId);
  return { tenantId, desk, call, sit: (id: string) => sit(tenantId, id) };
}
const CAME_IN = {
  ...{ fromNumber: '+12125550123', scriptId: 'scr_1', scriptVersion: 1, contactId: null },
  createdAt: 1,
};

/** What the session has to do beside its answers. */
const settle = (call: Talk) => runDurableObjectAlarm(sessionOf(call.ref));

async function offeredTo(id: string) {
  const { tenantId, desk, call, sit: sitDown } = await scene();
  const page = await sitDown(id);
  page.say({ type: 'set', presence: 'available' });
  await page.find('agent');
  const xml = await call.turn(0, { CallSid: SID });
  await settle(call);
  const { offer } = await page.find('offer');
  return { tenantId, desk, call, page, xml, offer, sit: sitDown };
}

const enter = async (ticket: string, CallSid = AGENT_SID, token?: string) => {
  const params = { CallSid, From: 'client:agent_x', ticket };
  const response = await webhook('/voice/agent', params, token === undefined ? {} : { token });
  return { status: response.status, xml: await response.text() };
};

test('a caller waits in a room of his own, and is offered with what is known of him', async () => {
  const { call, xml, offer, desk } = await offeredTo('ann');
  expect(xml).toMatch(
    /One moment\..*<Dial action="[^"]*\/turn\/1[^"]*" method="POST" timeLimit="3630"><Conference startConferenceOnEnter="false" endConferenceOnExit="true" beep="false" participantLabel="caller" waitUrl="[^"]*\/wait#[^"]*" waitMethod="POST" statusCallback="[^"]*\/room#[^"]*" statusCallbackMethod="POST" statusCallbackEvent="start end join leave">call_\d+-1<\/Conference><\/Dial><\/Response>/s,
  );
  expect(offer).toMatchObject({
    ...{ callId: call.ref.callId, number: '+12125550123', node: 'start', from: null },
  });
  expect((await desk.view()).waiting).toHaveLength(1);
});

test('music and his place, only for the carrier', async () => {
  const { call, tenantId } = await offeredTo('ann');
  const path = `/voice/t/${tenantId}/c/${call.ref.callId}/wait`;
  const { status, xml } = await call.post(path);
  expect(status).toBe(200);
  expect(xml).toMatch(/<Play>[^<]*\/audio\/hold\.wav<\/Play><Say [^>]*>You are the next in line\./);
  expect(xml).toMatch(/<Redirect method="POST">[^<]*\/wait<\/Redirect><\/Response>$/);
  const forged = await webhook(path, { CallSid: SID }, { token: 'another token' });
  expect(forged.status).toBe(403);
  // A caller whom the desk does not know yet asks again in a second.
  const early = await call.post(`/voice/t/${tenantId}/c/call_unknown/wait`);
  expect(early.xml).toMatch(/<Pause length="1"\/><Redirect/);
});

test('who accepts enters with his ticket, once, and the caller comes back when he leaves', async () => {
  const { call, page, offer, desk } = await offeredTo('ann');
  page.say({ type: 'accept', offerId: offer.id });
  const { ticket } = await page.find('connect');
  expect((await enter(ticket, AGENT_SID, 'another token')).status).toBe(403);
  const entered = await enter(ticket);
  expect(entered.xml).toMatch(
    /^<\?xml[^>]*><Response><Say [^>]*>Call from 1 2 1 2 5 5 5 0 1 2 3\. start\.<\/Say><Dial timeLimit="3600"><Conference startConferenceOnEnter="true" endConferenceOnExit="true" beep="false" participantLabel="agent\.ann">call_\d+-1<\/Conference><\/Dial><\/Response>$/,
  );
  expect((await enter(ticket)).xml).toBe(entered.xml);
  const thief = await enter(ticket, `CA${'c'.repeat(32)}`);
  expect(thief.xml).toContain('This call is not yours any more.');

  const room = (event: string, sequence: number) =>
    call.beside('room', {
      ...{ FriendlyName: `${call.ref.callId}-1`, ConferenceSid: `CF${'d'.repeat(32)}` },
      ...{ StatusCallbackEvent: event, SequenceNumber: String(sequence), CallSid: AGENT_SID },
      ParticipantLabel: 'agent.ann',
    });
  // Told in the wrong order: the later number counts.
  await room('participant-leave', 7);
  await room('participant-join', 5);
  await settle(call);
  expect(await desk.talk('ann', call.ref.callId)).toBeNull();
  await room('participant-join', 9);
  await settle(call);
  expect(await desk.talk('ann', call.ref.callId)).toMatchObject({
    conferenceSid: `CF${'d'.repeat(32)}`,
    callerSid: SID,
    agentSid: AGENT_SID,
  });
  expect(await call.turn(1, { DialCallStatus: 'answered' })).toContain('<Hangup/>');
  await settle(call);
  await page.find('agent', 2);
  const { agents } = await desk.view();
  expect(agents).toMatchObject([{ id: 'ann', presence: 'wrap_up', callId: call.ref.callId }]);
  const told = (await call.told())?.events.filter(({ type }) => type.startsWith('transfer.'));
  expect(told?.map(({ type, detail }) => [type, detail.agent ?? detail.to])).toEqual([
    ['transfer.start', 'agents'],
    ['transfer.answered', 'ann'],
    ['transfer.ended', undefined],
  ]);
});

test('a talk whose callbacks were all lost is an answered one', async () => {
  const { call } = await offeredTo('ann');
  await call.turn(1, { DialCallStatus: 'answered' });
  expect((await call.told())?.call.outcome).toBe('transferred');
  expect(await call.types()).toEqual(
    expect.arrayContaining(['transfer.answered', 'transfer.ended']),
  );
});

test('nobody is there: the session sends the call to its next turn, which takes the branch', async () => {
  const { call, desk } = await scene();
  await call.turn(0, { CallSid: SID });
  await settle(call);
  await runDurableObjectAlarm(desk);
  expect(await sessionOf(call.ref).awaitsRedirect(1)).toBe(true);
  await call.turn(1);
  expect(await sessionOf(call.ref).awaitsRedirect(1)).toBe(false);
  const told = await call.told();
  expect(told?.call.outcome).toBe('nobody');
  const failed = told?.events.find(({ type }) => type === 'transfer.failed');
  expect(failed?.detail).toMatchObject({ to: 'agents', reason: 'nobody_there' });
});

test('a caller who hangs up takes his offer with him', async () => {
  const { call, page, desk } = await offeredTo('ann');
  await call.status('completed', { CallDuration: '9' });
  await settle(call);
  expect(await page.find('withdrawn')).toMatchObject({ reason: 'caller_left' });
  expect((await desk.view()).waiting).toEqual([]);
});

test('the desk knows everything again after it was away, and a page that reloads sees its offer', async () => {
  const { desk, sit: sitDown, offer } = await offeredTo('ann');
  await evictDurableObject(desk, { webSockets: 'close' });
  const again = await sitDown('ann');
  const { agent, offers } = await again.find('hello');
  expect(agent.presence).toBe('available');
  expect(offers).toEqual([offer]);
});

test('what no page of ours says changes nothing', async () => {
  const { desk, page } = await offeredTo('ann');
  const before = await desk.view();
  for (const text of ['', '{', '[]', 'null', '{"type":"set","presence":"busy"}', 'x'.repeat(600)]) {
    page.socket.send(text);
  }
  page.say({ type: 'decline', offerId: 'of somebody else' });
  page.say({ type: 'accept', offerId: 'of somebody else' });
  await page.find('withdrawn');
  expect(await desk.view()).toEqual(before);
});

test('a desk that nobody used is left as it is by whoever guesses', async () => {
  const desk = desks.getByName('t:ten_guessed');
  expect(await desk.view()).toEqual({ agents: [], waiting: [], talks: [] });
  expect(await desk.talk('ann', 'call_1')).toBeNull();
  expect(await desk.listenTo('ann', 'call_1', 'listen')).toBeNull();
  const { xml } = await enter(`ten_${'0'.repeat(25)}z.guess`);
  expect(xml).toContain('This call is not yours any more.');
  expect(await runDurableObjectAlarm(desk)).toBe(false);
});

test('settings are kept, and a supervisor’s ticket hears the talk without being heard', async () => {
  const { desk, tenantId, call, page, offer } = await offeredTo('ann');
  await desk.changeSettings(tenantId, { ...SETTINGS, offersAtOnce: 4 });
  expect(await desk.settings()).toEqual({ ...SETTINGS, offersAtOnce: 4 });
  page.say({ type: 'accept', offerId: offer.id });
  const { ticket } = await page.find('connect');
  await enter(ticket);
  await call.beside('room', {
    ...{ FriendlyName: `${call.ref.callId}-1`, ConferenceSid: 'CF1', SequenceNumber: '2' },
    ...{ StatusCallbackEvent: 'participant-join', CallSid: AGENT_SID },
    ParticipantLabel: 'agent.ann',
  });
  await settle(call);
  for (const [mode, attribute] of [
    ['listen', 'muted="true"'],
    ['coach', `coach="${AGENT_SID}"`],
  ] as const) {
    const own = await desk.listenTo('boss', call.ref.callId, mode);
    const { xml } = await enter(own ?? '', `CA${(mode === 'listen' ? 'e' : 'f').repeat(32)}`);
    expect(xml).toContain(
      `<Conference startConferenceOnEnter="false" endConferenceOnExit="false" beep="false" ${attribute} participantLabel="listener.boss">`,
    );
  }
});
