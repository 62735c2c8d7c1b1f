import { expect, test } from 'vitest';
import { compileScript } from '../script/compile.ts';
import { CallbackUrls } from '../telephony/callback-url.ts';
import { leaveRoom, roomReport } from './agent-room.ts';
import type { Turn } from './conversation.ts';
import { NEW_SESSION, type SessionSetup, type SessionState } from './session-types.ts';
import { takeStatus } from './status-report.ts';
import { takeTurn } from './take-turn.ts';
import { takeWebhook } from './take-webhook.ts';

const SCRIPT = `[start]
One moment.
@transfer agents timeout 30s
-> answered: thanks #transferred
-> busy: thanks #busy
-> no-answer: thanks #nobody
-> else: thanks #broken

[thanks]
Thank you. Press 1 for another.
-> 1: start
-> else: END
`;
const MINUTE = 60_000;
const ROOM = { FriendlyName: 'call_1-1', ConferenceSid: 'CF1' };
const joins = (label: string, sequence: number, CallSid = `CA${label}`) => ({
  ...ROOM,
  ...{ StatusCallbackEvent: 'participant-join', ParticipantLabel: label, CallSid },
  SequenceNumber: String(sequence),
});

async function waiting(): Promise<(state?: SessionState, now?: number) => Turn> {
  const { flow } = await compileScript(SCRIPT, { mode: 'publish' });
  if (flow === null) throw new Error('The test script does not compile');
  const setup: SessionSetup = {
    ...{ tenantId: 'ten_1', callId: 'call_1', accountSid: 'AC1', tokenSealed: 'sealed', flow },
    ...{ variables: {}, clips: {}, ownNumber: '+12125550100', callingCodes: ['1'] },
    screeningText: '',
    peer: { number: '+12125550123', contactId: 'con_1' },
  };
  const urls = new CallbackUrls('https://voice.test');
  const first = takeTurn({ setup, state: NEW_SESSION, urls, now: 0 }, 0, {}).state;
  return (state = first, now = 0) => ({ setup, state, urls, now });
}
const outcomes = (step: ReturnType<typeof takeTurn>) =>
  step.events.filter(({ type }) => type.startsWith('transfer.')).map(({ type }) => type);

test('the desk is told who waits, and again when he does not', async () => {
  const turn = await waiting();
  const { setup, state } = turn();
  expect(state.deskRevision).toBe(1);
  expect(roomReport(setup, state)).toMatchObject({
    transfer: { n: 1, room: 'call_1-1', waitMs: 30_000, number: '+12125550123' },
    present: [],
  });
  const after = takeTurn(turn(), 1, { DialCallStatus: 'answered' }).state;
  expect(after.deskRevision).toBe(2);
  expect(roomReport(setup, after).transfer).toBeNull();
  const gone = takeStatus(state, { CallStatus: 'completed', CallSid: 'CA1' }, 5).state;
  expect(gone.deskRevision).toBe(2);
  expect(roomReport(setup, gone).transfer).toBeNull();
});

test('a talk may be long: the script goes on where it was', async () => {
  const turn = await waiting();
  const joined = takeWebhook(turn(), { type: 'room' }, joins('agent.ann', 2)).state;
  const after = takeTurn(turn(joined, 45 * MINUTE), 1, { DialCallStatus: 'answered' });
  expect(after.state.outcome).toBe('transferred');
  expect(after.reply).toContain('Press 1 for another');
  expect(outcomes(after)).toEqual(['transfer.ended']);
});

test('only people who talk answer; the first of them does', async () => {
  const turn = await waiting();
  let { state } = turn();
  const answered: unknown[] = [];
  for (const [n, label] of ['caller', 'listener.boss', 'agent.ann', 'agent.bob'].entries()) {
    const step = takeWebhook(turn(state, 1000 * n), { type: 'room' }, joins(label, n + 1));
    state = step.state;
    answered.push(...step.events.map(({ detail }) => detail));
  }
  expect(answered).toEqual([{ agent: 'ann', sid: 'CAagent.ann', waitedMs: 2000 }]);
  const { present } = roomReport(turn().setup, state);
  expect(present.map(({ label }) => label)).toEqual(['listener.boss', 'agent.ann', 'agent.bob']);
});

test.each([
  ['a room of another turn', { FriendlyName: 'call_1-7' }],
  ['nobody', { CallSid: '' }],
  ['an event that says nothing of who is in', { StatusCallbackEvent: 'conference-start' }],
])('%s changes nothing', async (_, changed) => {
  const turn = await waiting();
  const step = takeWebhook(turn(), { type: 'room' }, { ...joins('agent.ann', 2), ...changed });
  expect(step.state).toEqual(turn().state);
});

test('who is told to go on takes that branch, also after a talk that was to be handed on', async () => {
  const turn = await waiting();
  const leaving = { event: 'no-answer', reason: 'not_accepted' } as const;
  const told = leaveRoom(turn().state, leaving);
  if (told === null) throw new Error('He was not told');
  expect(leaveRoom(told.state, { event: 'busy', reason: 'all_busy' })).toBeNull();
  const after = takeTurn(turn(told.state, 9000), 1, {});
  expect(after.state.outcome).toBe('nobody');
  expect(after.events.find(({ type }) => type === 'transfer.failed')?.detail).toEqual({
    ...{ to: 'agents', reason: 'not_accepted', waitedMs: 9000 },
  });
  const joined = takeWebhook(turn(), { type: 'room' }, joins('agent.ann', 2)).state;
  const handedOn = leaveRoom(joined, leaving)?.state;
  const second = takeTurn(turn(handedOn, 9000), 1, {});
  expect(second.state.outcome).toBe('nobody');
  expect(outcomes(second)).toEqual(['transfer.ended', 'transfer.failed']);
});

test('a room that ends without anybody is a failure', async () => {
  const turn = await waiting();
  const step = takeTurn(turn(), 1, { DialCallStatus: 'completed' });
  expect(step.state.outcome).toBe('broken');
});

test('a machine that is detected while he waits takes him from the desk', async () => {
  const turn = await waiting();
  const machine = takeWebhook(turn(), { type: 'amd' }, { AnsweredBy: 'machine_start' }).state;
  const after = takeTurn(turn(machine), machine.nonce, {});
  expect(after.state.deskRevision).toBe(2);
  expect(roomReport(turn().setup, after.state).transfer).toBeNull();
});

test('another transfer in the same call is another one at the desk', async () => {
  const turn = await waiting();
  const back = takeTurn(turn(), 1, { DialCallStatus: 'answered' }).state;
  const again = takeTurn(turn(back), 2, { Digits: '1' }).state;
  expect(roomReport(turn().setup, again).transfer).toMatchObject({ n: 3, room: 'call_1-3' });
});
