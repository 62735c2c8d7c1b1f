import { expect, test } from 'vitest';
import { sessionOf, setupOf } from '../../tests/support/session.ts';
import { talk } from '../../tests/support/talk.ts';

const SCRIPT = `[start]
What is your order number?
@capture order digits 3
-> ok: look
-> else: END

[look]
@webhook POST https://shop.example.com/orders timeout 2s
-> ok: told
-> error: sorry #not_reached

[told]
Your order is {{webhook.state}}. Anything else?
-> 1: END #done

[sorry]
I cannot see it just now. Press 1.
-> 1: END
`;

/** Up to the moment where the carrier is sent to ask. */
async function asking() {
  const call = await talk(SCRIPT);
  await call.turn(0);
  const xml = await call.turn(1, { Digits: '123' });
  expect(xml).toMatch(/One moment, please\..*<Redirect method="POST">[^<]*\/fetch\/2/s);
  const session = sessionOf(call.ref);
  const { callId } = call.ref;
  return { call, session, callId };
}

test('the question is handed out once; its answer goes on with what it says', async () => {
  const { call, session } = await asking();
  const request = async () => {
    const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks.js');
    const { AUTH_TOKEN } = await import('../../tests/support/tenant.ts');
    const url = `https://voice.test/voice/t/${call.ref.tenantId}/c/${call.ref.callId}/fetch/2`;
    const signature = getExpectedTwilioSignature(AUTH_TOKEN, url, {});
    return session.webhook({ kind: { type: 'fetch', nonce: 2 }, url, params: {}, signature });
  };
  expect(await request()).toMatchObject({
    type: 'fetch',
    action: { method: 'POST', url: 'https://shop.example.com/orders', values: { order: '123' } },
  });
  // The carrier asks again before the answer is there: it waits, and nobody is asked twice.
  expect(await request()).toMatchObject({
    type: 'answered',
    xml: expect.stringContaining('<Pause'),
  });
  const told = await session.fetched(2, { event: 'ok', data: { state: 'on its way' }, ms: 120 });
  expect(told).toMatchObject({ xml: expect.stringContaining('on its way') });
  const again = await session.fetched(2, { event: 'error', reason: 'timeout', ms: 2000 });
  expect(again).toEqual(told);
  expect(await call.turn(3, { Digits: '1' })).toContain('<Hangup/>');
  expect((await call.told())?.call.outcome).toBe('done');
});

test('an answer that never comes is an error, and the call goes on', async () => {
  const { call } = await asking();
  // Twilio could not reach the fetch address and came back to the turn itself.
  expect(await call.turn(2)).toContain('I cannot see it just now.');
  const told = await call.told();
  expect(told?.call.outcome).toBe('not_reached');
  expect(told?.events.find(({ type }) => type === 'webhook.failed')?.detail).toMatchObject({
    reason: 'not_asked',
  });
});

test('nobody but the carrier gets the question', async () => {
  const { call } = await asking();
  const path = `/voice/t/${call.ref.tenantId}/c/${call.ref.callId}/fetch/2`;
  const { webhook } = await import('../../tests/support/session.ts');
  expect((await webhook(path, {}, { signature: null })).status).toBe(403);
  const setup = await setupOf(call.ref, SCRIPT);
  expect(setup.callId).toBe(call.ref.callId);
});
