import { runInDurableObject } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { SID, sessionOf, setupOf, turnPath, webhook } from '../../tests/support/session.ts';
import type { CallSession } from '../../workers/voice/objects.ts';
import { SessionStore } from './session-store.ts';
import { packSetup } from './session-types.ts';

let last = 0;

/** A call of this script; each turn answers with TwiML. */
async function callOf(script: string) {
  last += 1;
  const ref = { tenantId: 'ten_ends', callId: `call_${last}` };
  await sessionOf(ref).prepare(packSetup(await setupOf(ref, script)), []);
  let turns = 0;
  return {
    turn: async (params: Record<string, string> = {}) => {
      const response = await webhook(turnPath(ref, turns++), { CallSid: SID, ...params });
      expect(response.status).toBe(200);
      return response.text();
    },
    told: () =>
      runInDurableObject(sessionOf(ref), (_: CallSession, state) => {
        const store = new SessionStore(state.storage.sql);
        const setup = store.setup();
        return setup === null ? null : store.report(setup);
      }),
  };
}

test.each([
  ['a number where the tenant may not call', '"+447700900123"', 'destination_not_allowed'],
])('a transfer to %s takes its branch in the same turn', async (_, to, reason) => {
  const call = await callOf(
    `[start]\nOne moment.\n@transfer ${to} timeout 20s\n-> failed: sorry #not_reached\n-> else: END\n\n` +
      '[sorry]\nNobody can answer just now. Press 1 to end.\n-> 1: END\n',
  );
  const xml = await call.turn();
  expect(xml).toMatch(/One moment\..*Nobody can answer just now\./s);
  expect(xml).toContain('<Gather');
  const told = await call.told();
  expect(told?.call.outcome).toBe('not_reached');
  expect(told?.events.find(({ type }) => type === 'transfer.failed')?.detail).toEqual({ reason });
});

test('an action without any branch ends with words, not in silence', async () => {
  const call = await callOf('[start]\n@transfer "+447700900123"\n-> answered: END\n');
  expect(await call.turn()).toMatch(/<Say.*Goodbye.*<Hangup\/>/is);
  expect((await call.told())?.call.outcome).toBe('no_response');
});

test('a script that tries the same action for ever is ended by the limit of turns', async () => {
  const call = await callOf('[start]\nWait.\n@transfer "+447700900123"\n-> else: start\n');
  expect(await call.turn()).toContain('<Hangup/>');
  expect((await call.told())?.call.turns).toBeLessThanOrEqual(61);
});

test('a text is handed to the ledger under a name of its own, and the talk goes on', async () => {
  const call = await callOf('[start]\nHere it is.\n@sms "Hello {{firstName}}"\n-> END #done\n');
  expect(await call.turn()).toMatch(/Here it is\..*<Hangup\/>/s);
  const told = await call.told();
  expect(told?.call.outcome).toBe('done');
  expect(told?.texts).toEqual([
    { id: expect.stringMatching(/^msg_\w+_0_\d+$/), body: 'Hello Maria' },
  ]);
});

test('a value is captured by keys and by voice, spoken live, and kept nowhere when sensitive', async () => {
  const call = await callOf(
    '[start]\nWhat is your code?\n@capture code digits 4 sensitive\n-> ok: day\n-> else: END\n\n' +
      '[day]\nWhich day?\n@capture day date\n-> ok: told\n-> else: END\n\n' +
      '[told]\nThank you, {{day:weekday}}.\n-> END #taken\n',
  );
  expect(await call.turn()).toMatch(/<Gather[^>]*numDigits="4"/);
  expect(await call.turn({ Digits: '1234' })).toMatch(/<Gather[^>]*input="dtmf speech"/);
  expect(await call.turn({ SpeechResult: 'next friday', Confidence: '0.9' })).toContain('Friday');
  const told = await call.told();
  expect(told?.call.outcome).toBe('taken');
  expect(JSON.stringify(told)).not.toContain('1234');
  expect(told?.events.map(({ type }) => type)).toContain('tts.live');
});

test('pause, no barge-in and opening hours reach the carrier', async () => {
  const call = await callOf(
    '@hours open mon-sun 00:00-24:00\n[start]\n-> open: day\n-> closed: END\n\n' +
      '[day]\n@bargein off\nFirst.\n@pause 2s\nThen.\n-> 1: END\n',
  );
  const xml = await call.turn();
  expect(xml).toMatch(/First\..*<Pause length="2"\/>.*Then\..*<Gather/s);
});

test('a machine goes where the script sends it', async () => {
  const script =
    '@machine message\n[start]\nHello.\n-> 1: END\n\n[message]\nPlease call us.\n-> END #voicemail\n';
  const machine = await callOf(script);
  expect(await machine.turn({ AnsweredBy: 'machine_end_beep' })).toContain('Please call us.');
  expect((await machine.told())?.call.outcome).toBe('voicemail');
  const person = await callOf(script);
  expect(await person.turn({ AnsweredBy: 'human' })).toContain('Hello.');
});
