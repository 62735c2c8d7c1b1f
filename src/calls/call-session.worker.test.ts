import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import {
  type CallRef,
  SID,
  sessionOf,
  setupOf,
  statusParams,
  statusPath,
  turnPath,
  webhook,
} from '../../tests/support/session.ts';
import type { CallSession } from '../../workers/voice/objects.ts';
import { SessionStore } from './session-store.ts';
import { packSetup } from './session-types.ts';

let last = 0;
async function newSession(script?: string): Promise<CallRef> {
  last += 1;
  const ref = { tenantId: 'ten_a', callId: `call_${last}` };
  await sessionOf(ref).prepare(packSetup(await setupOf(ref, script)), [
    { source: 'cron', n: 0, at: 1, type: 'call.queued', detail: {} },
  ]);
  return ref;
}

/** What the ledger would be told now. */
function report(ref: CallRef) {
  return runInDurableObject(sessionOf(ref), (_: CallSession, state) => {
    const store = new SessionStore(state.storage.sql);
    const setup = store.setup();
    return setup === null ? null : store.report(setup);
  });
}

const xmlOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return response.text();
};

test('a call goes from greeting to outcome, each turn answered with TwiML', async () => {
  const ref = await newSession();
  const greeting = await xmlOf(await webhook(turnPath(ref, 0), { CallSid: SID }));
  expect(greeting).toContain('Hi Maria, this is Harbour Dental.');
  expect(greeting).toContain(`https://voice.test${turnPath(ref, 1)}`);
  const answer = await xmlOf(await webhook(turnPath(ref, 1), { CallSid: SID, Digits: '1' }));
  expect(answer).toContain('See you soon.');
  expect(answer).toContain('<Hangup/>');
  const told = await report(ref);
  expect(told?.call).toMatchObject({ outcome: 'confirmed', turns: 2 });
  expect(told?.events.map(({ type }) => type)).toContain('flow.match');
  expect(told?.utterances).toMatchObject([{ node: 'start', input: 'dtmf', text: '1' }]);
});

test('a sentence that was not made is spoken in the same voice and counted as a fallback', async () => {
  const ref = await newSession();
  const xml = await xmlOf(await webhook(turnPath(ref, 0), {}));
  expect(xml).toContain('voice="Google.en-US-Chirp3-HD-Leda"');
  const told = await report(ref);
  expect(told?.events.find(({ type }) => type === 'tts.fallback')?.detail).toEqual({
    sentences: 3,
  });
});

test('a turn that comes again is answered from its row, and happens once', async () => {
  const ref = await newSession();
  const first = await xmlOf(await webhook(turnPath(ref, 0), {}));
  expect(await xmlOf(await webhook(turnPath(ref, 0), {}))).toBe(first);
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => webhook(turnPath(ref, 1), { Digits: '1' }).then(xmlOf)),
  );
  expect(new Set(answers).size).toBe(1);
  const told = await report(ref);
  expect(told?.call.turns).toBe(2);
  expect(told?.utterances).toHaveLength(1);
});

test('a late answer to an older question gets the answer of that time', async () => {
  const ref = await newSession();
  const first = await xmlOf(await webhook(turnPath(ref, 0), {}));
  await webhook(turnPath(ref, 1), { Digits: '1' });
  expect(await xmlOf(await webhook(turnPath(ref, 0), { Digits: '2' }))).toBe(first);
  expect((await report(ref))?.call.outcome).toBe('confirmed');
});

test('statuses in any order and twice end in the same place; the terminal one stays', async () => {
  const ref = await newSession();
  const send = (status: string, sequence: number, rest = {}) =>
    webhook(statusPath(ref), statusParams(status, sequence, rest));
  expect((await send('in-progress', 2)).status).toBe(204);
  await send('completed', 3, { CallDuration: '17' });
  await send('ringing', 1);
  await send('completed', 3, { CallDuration: '17' });
  await send('busy', 4);
  const told = await report(ref);
  expect(told?.call).toMatchObject({ status: 'completed', durationSeconds: 17, twilioSid: SID });
  const types = told?.events.map(({ type }) => type) ?? [];
  expect(types.filter((type) => type === 'call.finished')).toHaveLength(1);
  expect(types.filter((type) => type === 'twilio.status')).toHaveLength(4);
});

test('events of the session are numbered without a gap', async () => {
  const ref = await newSession();
  await webhook(turnPath(ref, 0), {});
  await webhook(statusPath(ref), statusParams('ringing', 1));
  await webhook(turnPath(ref, 1), { SpeechResult: 'yes', Confidence: '0.9' });
  await webhook(statusPath(ref), statusParams('completed', 3));
  const own = (await report(ref))?.events.filter(({ source }) => source === 'session') ?? [];
  expect(own.map(({ n }) => n)).toEqual(own.map((_, i) => i));
});

test('after the call is over a turn is told to hang up', async () => {
  const ref = await newSession();
  await webhook(statusPath(ref), statusParams('completed', 3));
  expect(await xmlOf(await webhook(turnPath(ref, 0), {}))).toContain(
    '<Response><Hangup/></Response>',
  );
});

test('state survives the object leaving memory in the middle of a call', async () => {
  const ref = await newSession();
  await webhook(turnPath(ref, 0), {});
  await evictDurableObject(sessionOf(ref));
  expect(await xmlOf(await webhook(turnPath(ref, 1), { Digits: '1' }))).toContain('See you soon.');
});

test('a report is repeated whole until it is acknowledged, then sent no more', async () => {
  const ref = await newSession();
  await webhook(turnPath(ref, 0), {});
  const first = await report(ref);
  await webhook(turnPath(ref, 1), { Digits: '1' });
  const second = await report(ref);
  expect(second?.events.slice(0, first?.events.length)).toEqual(first?.events);
  await sessionOf(ref).acknowledge(first?.upTo ?? 0);
  await webhook(statusPath(ref), statusParams('completed', 3));
  const rest = await report(ref);
  const told = first?.events.length ?? 0;
  const untold = second?.events.slice(told) ?? [];
  expect(untold).not.toEqual([]);
  expect(rest?.events.slice(0, untold.length)).toEqual(untold);
  await sessionOf(ref).acknowledge(rest?.upTo ?? 0);
  await sessionOf(ref).acknowledge(1);
  await runDurableObjectAlarm(sessionOf(ref));
  expect(await report(ref)).toBeNull();
});

test('what is acknowledged and forgotten with the object is told once more', async () => {
  const ref = await newSession();
  await webhook(turnPath(ref, 0), {});
  const first = await report(ref);
  await sessionOf(ref).acknowledge(first?.upTo ?? 0);
  await evictDurableObject(sessionOf(ref));
  await webhook(turnPath(ref, 1), { Digits: '1' });
  expect((await report(ref))?.events.slice(0, first?.events.length)).toEqual(first?.events);
});

test('a turn plans one alarm for all that follow, and no other of its own', async () => {
  const ref = await newSession();
  const planned = () =>
    runInDurableObject(sessionOf(ref), (_session, { storage }) => storage.getAlarm());
  const first = await planned();
  expect(first).not.toBeNull();
  await webhook(turnPath(ref, 0), {});
  await webhook(turnPath(ref, 1), { Digits: '1' });
  expect(await planned()).toBe(first);
});

test('an acknowledged, ended session is emptied by its alarm, once and for all', async () => {
  const ref = await newSession();
  await webhook(statusPath(ref), statusParams('completed', 3));
  await sessionOf(ref).acknowledge((await report(ref))?.upTo ?? 0);
  expect(await runDurableObjectAlarm(sessionOf(ref))).toBe(true);
  await evictDurableObject(sessionOf(ref));
  expect(await report(ref)).toBeNull();
  expect(await xmlOf(await webhook(turnPath(ref, 0), {}))).toContain('<Hangup/>');
  await sessionOf(ref).acknowledge((await report(ref))?.upTo ?? 0);
  expect(await runDurableObjectAlarm(sessionOf(ref))).toBe(true);
  expect(await runDurableObjectAlarm(sessionOf(ref))).toBe(true);
  expect(await runDurableObjectAlarm(sessionOf(ref))).toBe(false);
  expect(await report(ref)).toBeNull();
});

test('a session that nobody acknowledged keeps everything when its alarm runs', async () => {
  const ref = await newSession();
  await webhook(statusPath(ref), statusParams('completed', 3));
  const before = await report(ref);
  await runDurableObjectAlarm(sessionOf(ref));
  expect(await report(ref)).toEqual(before);
});

test('setting up or dialling twice changes nothing', async () => {
  const ref = await newSession();
  await sessionOf(ref).dialled([], { sid: SID });
  const before = await report(ref);
  await sessionOf(ref).prepare(packSetup(await setupOf(ref)), []);
  await sessionOf(ref).dialled([], { sid: `CA${'b'.repeat(32)}` });
  expect(await report(ref)).toEqual(before);
});

test('the carrier’s own record ends a call whose callbacks were lost', async () => {
  const ref = await newSession();
  await sessionOf(ref).settle({
    sid: SID,
    to: '+12125550001',
    from: '+12125550199',
    status: 'no-answer',
    direction: 'outbound-api',
    createdAt: 1,
    startedAt: 1,
    endedAt: 2,
    durationSeconds: 0,
    price: null,
    priceUnit: null,
    queueTimeMs: 0,
  });
  expect((await report(ref))?.call).toMatchObject({ status: 'no-answer', twilioSid: SID });
});

test('a caller who wants no calls is suppressed before he is answered', async () => {
  const ref = await newSession();
  await webhook(turnPath(ref, 0), {});
  const xml = await xmlOf(
    await webhook(turnPath(ref, 1), { SpeechResult: 'please stop calling me', Confidence: '0.9' }),
  );
  expect(xml).toContain('<Hangup/>');
  expect(await report(ref)).toMatchObject({ isSuppressed: true, call: { outcome: 'opted_out' } });
});
