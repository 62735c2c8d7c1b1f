import { runInDurableObject } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { callJson, playTwilio, sidOf, twilioError } from '../../tests/support/dialing.ts';
import { sessionOf, setupOf, turnPath, webhook } from '../../tests/support/session.ts';
import { newTenant, testDatabases } from '../../tests/support/tenant.ts';
import type { CallSession } from '../../workers/voice/objects.ts';
import { applyReport } from '../calls/apply-report.ts';
import { SessionStore } from '../calls/session-store.ts';
import { packSetup } from '../calls/session-types.ts';
import { call } from '../db/schema/call.ts';
import { isDueToAsk, LOOK_AFTER_MS, sweepInbound } from './sweep-inbound.ts';

/** A call that came in, was answered, and whose end nobody has told. */
async function answered() {
  const ctx = await newTenant();
  const callId = ctx.newId('call');
  const ref = { tenantId: ctx.tenant.id, callId };
  const createdAt = ctx.clock.now();
  const inbound = { fromNumber: '+14155550123', scriptId: 'scr_1', scriptVersion: 1 };
  const session = sessionOf(ref);
  await session.prepare(
    packSetup({ ...(await setupOf(ref)), inbound: { ...inbound, contactId: null, createdAt } }),
    [],
  );
  await webhook(turnPath(ref, 0), { CallSid: sidOf(5), CallStatus: 'ringing' });
  const settle = async () => {
    const report = await runInDurableObject(session, (_: CallSession, state) => {
      const store = new SessionStore(state.storage.sql);
      const setup = store.setup();
      return setup === null ? null : store.report(setup);
    });
    if (report !== null) await applyReport(ctx.db, ctx.events, report, ctx.clock.now());
  };
  await settle();
  const open = async (at: number) =>
    (await testDatabases.platform.openInboundCalls(at, 1000)).filter(({ id }) => id === callId);
  return {
    ctx,
    session,
    settle,
    open,
    createdAt,
    row: () => ctx.db.findOne(call, eq(call.id, callId)),
  };
}

test('its row is opened by its session, and it is looked after when it has no end', async () => {
  const { row, open, createdAt } = await answered();
  expect(await row()).toMatchObject({ direction: 'inbound', status: 'in-progress', endedAt: null });
  expect(await open(createdAt)).toEqual([]);
  expect(await open(createdAt + 1)).toMatchObject([{ sid: sidOf(5) }]);
});

test('the carrier’s own record ends it', async () => {
  const { ctx, session, settle, open, row, createdAt } = await answered();
  const twilio = playTwilio(ctx);
  const over = { sid: sidOf(5), status: 'completed', duration: '42' };
  twilio.read = () => Response.json(callJson(over));
  const [ref] = await open(createdAt + 1);
  if (ref === undefined) throw new Error('The call is not open');
  await sweepInbound({ carrier: twilio.carrier, session }, ref, createdAt + LOOK_AFTER_MS);
  await settle();
  expect(await row()).toMatchObject({ status: 'completed', durationSeconds: 42 });
  expect(await open(createdAt + 1)).toEqual([]);
});

test('one that the carrier denies is over after two hours, and not before', async () => {
  const { ctx, session, settle, open, row, createdAt } = await answered();
  const twilio = playTwilio(ctx);
  twilio.read = () => twilioError(404, 20404, 'not found');
  const [ref] = await open(createdAt + 1);
  if (ref === undefined) throw new Error('The call is not open');
  await sweepInbound({ carrier: twilio.carrier, session }, ref, createdAt + LOOK_AFTER_MS);
  await settle();
  expect(await row()).toMatchObject({ status: 'in-progress' });
  await sweepInbound({ carrier: twilio.carrier, session }, ref, createdAt + 3 * 3_600_000);
  await settle();
  expect(await row()).toMatchObject({ status: 'failed', errorCode: 'lost_at_carrier' });
});

test('the carrier is asked every fifth minute', () => {
  const asked = Array.from({ length: 20 }, (_, minute) =>
    isDueToAsk({ createdAt: 0 }, minute * 60_000 + 30_000),
  );
  expect(asked.filter(Boolean)).toHaveLength(4);
});
