import { runInDurableObject } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import {
  type CallRef,
  sessionOf,
  setupOf,
  statusParams,
  statusPath,
  turnPath,
  webhook,
} from '../../../tests/support/session.ts';
import { newTenant } from '../../../tests/support/tenant.ts';
import { packSetup } from '../../calls/session-types.ts';
import { call } from '../../db/schema/call.ts';

let last = 0;
async function newSession(): Promise<CallRef> {
  last += 1;
  const ref = { tenantId: 'ten_v', callId: `call_v${last}` };
  await sessionOf(ref).prepare(packSetup(await setupOf(ref)), []);
  return ref;
}

const rowCount = (ref: CallRef) =>
  runInDurableObject(sessionOf(ref), (_, state) =>
    Number(state.storage.sql.exec('SELECT count(*) AS n FROM webhook').one().n),
  );

const RIGHT = 'GvWf1cFY/Q7PnoempGyD5oXAezc=';
test.each([
  ['no', null],
  ['an empty', ''],
  ['a wrong', RIGHT],
  ['a truncated', RIGHT.slice(0, -3)],
  ['a longer', `${RIGHT}AAAA`],
  ['a binary', '\u00ff\u00fe'],
])('%s signature is refused with 403 and changes nothing', async (_, signature) => {
  const ref = await newSession();
  const before = await rowCount(ref);
  for (const path of [turnPath(ref, 0), statusPath(ref)]) {
    const response = await webhook(path, statusParams('completed', 3), { signature });
    expect(response.status).toBe(403);
  }
  expect(await rowCount(ref)).toBe(before);
});

test('the signature of another account is refused', async () => {
  const ref = await newSession();
  const response = await webhook(turnPath(ref, 0), {}, { token: 'the token of somebody else' });
  expect(response.status).toBe(403);
});

test('a signature for one call does not open another', async () => {
  const [one, other] = [await newSession(), await newSession()];
  const response = await exports.default.fetch(
    new Request(`https://voice.test${turnPath(other, 0)}`, {
      method: 'POST',
      headers: { 'x-twilio-signature': await signatureOf(turnPath(one, 0)) },
    }),
  );
  expect(response.status).toBe(403);
});

test('an unknown call of an unknown tenant is refused, and leaves no rows', async () => {
  const ref = { tenantId: 'ten_unknown', callId: 'call_unknown' };
  const turn = await webhook(turnPath(ref, 0), {});
  expect(turn.status).toBe(403);
  const tables = await runInDurableObject(
    sessionOf(ref),
    (_, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'setup'").toArray()
        .length,
  );
  expect(tables).toBe(0);
});

test('an unknown call that the account signed hears an apology', async () => {
  const ctx = await newTenant();
  const ref = { tenantId: ctx.tenant.id, callId: ctx.newId('call') };
  const turn = await webhook(turnPath(ref, 0), {});
  expect(turn.status).toBe(200);
  expect(await turn.text()).toMatch(/<Say>.*sorry.*<\/Say><Hangup\/>/);
  expect((await webhook(turnPath(ref, 0), {}, { token: 'wrong' })).status).toBe(403);
  expect((await webhook(statusPath(ref), statusParams('completed', 3))).status).toBe(204);
});

test('a status after the session is gone is kept as an event and moves nothing', async () => {
  const ctx = await newTenant();
  const callId = ctx.newId('call');
  await ctx.db.run(
    ctx.db.insert(call, {
      id: callId,
      direction: 'outbound',
      scriptId: 'scr_1',
      scriptVersion: 1,
      fromNumber: '+12125550199',
      toNumber: '+12125550001',
      status: 'completed',
      turns: 2,
      appliedUpTo: 9,
      createdAt: Date.now(),
    }),
  );
  const ref = { tenantId: ctx.tenant.id, callId };
  for (let i = 0; i < 2; i++) {
    expect((await webhook(statusPath(ref), statusParams('busy', 5))).status).toBe(204);
  }
  const events = await ctx.events.read(callId, Date.now(), Date.now());
  expect(events).toMatchObject([{ source: 'late', n: 5, type: 'twilio.status' }]);
  expect(await ctx.db.find(call)).toMatchObject([{ status: 'completed' }]);
});

test.each(['turn/-1', 'turn/x', 'turn/1.5', 'turn/', 'other'])(
  '%s is not a webhook',
  async (rest) => {
    const ref = await newSession();
    const response = await webhook(`/voice/t/${ref.tenantId}/c/${ref.callId}/${rest}`, {});
    expect(response.status).toBe(404);
  },
);

test('a body larger than any of Twilio’s is refused', async () => {
  const ref = await newSession();
  const response = await webhook(turnPath(ref, 0), { SpeechResult: 'x'.repeat(70_000) });
  expect(response.status).toBe(403);
});

test('the fallback says something that can be understood', async () => {
  const ref = await newSession();
  const response = await webhook(`/voice/t/${ref.tenantId}/c/${ref.callId}/fallback`, {});
  expect(response.headers.get('content-type')).toContain('text/xml');
  expect(await response.text()).toContain('<Hangup/>');
});

test('a session whose token does not open apologises instead of failing', async () => {
  const ref = { tenantId: 'ten_v', callId: 'call_sealed' };
  const setup = await setupOf(ref);
  await sessionOf(ref).prepare(packSetup({ ...setup, tokenSealed: 'gone.AAAA.AAAA' }), []);
  const response = await webhook(turnPath(ref, 0), {});
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('<Hangup/>');
});

async function signatureOf(path: string): Promise<string> {
  const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks.js');
  return getExpectedTwilioSignature(
    'a token of thirty-two characters',
    `https://voice.test${path}`,
    {},
  );
}
