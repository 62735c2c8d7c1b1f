import type { DialOutcome } from '../calls/session-types.ts';
import type { CallEvent } from '../db/event-store.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { Carrier, CreateCallResult } from '../telephony/carrier.ts';
import type { TenantContext } from '../tenants/context.ts';
import { backToQueued } from './back-to-queued.ts';
import { detectionOf, timeLimitOf } from './call-options.ts';
import { callerIdOf } from './caller-id.ts';
import { cancelAtCarrier } from './cancel-calls.ts';
import { endAttempt } from './end-attempt.ts';
import { type GateRefusal, passGate } from './gate.ts';
import { dialEvent, noteAccepted } from './note-accepted.ts';
import type { ReadyAttempt } from './plan-attempts.ts';

export type DialSession = {
  dialled(events: readonly CallEvent[], result: DialOutcome): Promise<void>;
};

export type DialAttemptDeps = {
  readonly carrier: Pick<Carrier, 'createCall' | 'updateCall'>;
  readonly urls: CallbackUrls;
  readonly session: (callId: string) => DialSession;
  /** Resolves when a call may start; false when it may not for now. */
  readonly mayStart: () => Promise<boolean>;
};

/** What the caller of `dialAttempt` has to do next. */
export type DialResult =
  /** A call exists, or may exist: its place stays held until its end. */
  | { readonly type: 'in_flight' }
  /** Nothing was dialled and nothing will be: the place is free again. */
  | { readonly type: 'not_dialled' }
  /** Nothing was sent, or Twilio took no more requests at once (20429) and processed none: the same attempt may try again. */
  | { readonly type: 'again' }
  /** The account or its set-up is at fault: every other call of the campaign would fail too. */
  | { readonly type: 'account_fault'; readonly errorCode: string; readonly message: string };

/** Steps three to five of a call job: gate, one POST, what came of it. Runs at the reserved moment. */
export async function dialAttempt(
  ctx: TenantContext,
  deps: DialAttemptDeps,
  ready: ReadyAttempt,
  reservedAt: number,
): Promise<DialResult> {
  const { attempt } = ready;
  const session = deps.session(attempt.id);
  const gate = await passGate(ctx, ready);
  if (gate === 'taken') return { type: 'in_flight' };
  if (gate !== null) return refuse(ctx, session, ready, gate);

  if (!(await deps.mayStart())) return takeBack(ctx, attempt.id);
  const requestedAt = ctx.clock.now();
  const from = callerIdOf(ready.campaign, attempt.e164);
  const ref = { tenant: ctx.tenant.id, call: attempt.id };
  const result = await deps.carrier.createCall({
    to: attempt.e164,
    from,
    url: deps.urls.turn({ ...ref, nonce: '0' }),
    fallbackUrl: deps.urls.of('fallback', ref),
    statusCallback: deps.urls.of('status', ref),
    timeoutSeconds: ready.campaign.ringSeconds,
    timeLimitSeconds: timeLimitOf(ready.published.flow, ready.campaign.callLimitSeconds),
    ...detectionOf(ready.campaign.machineDetection, deps.urls.of('amd', ref)),
  });
  const events: CallEvent[] = [
    dialEvent(3, reservedAt, 'pacer.reserved', {}),
    dialEvent(4, requestedAt, 'twilio.dial.request', { from }),
  ];
  return settleDial(ctx, deps, ready, result, events);
}

async function refuse(
  ctx: TenantContext,
  session: DialSession,
  ready: ReadyAttempt,
  refusal: GateRefusal,
): Promise<DialResult> {
  const isOurs = await endAttempt(ctx, {
    callId: ready.attempt.id,
    ...refusal,
    onlyIn: 'queued',
  });
  if (!isOurs) return { type: 'in_flight' };
  const { result: code } = refusal;
  const finished = dialEvent(6, ctx.clock.now(), 'call.finished', { status: 'canceled', code });
  await session.dialled([finished], { end: 'canceled', errorCode: code });
  return { type: 'not_dialled' };
}

async function settleDial(
  ctx: TenantContext,
  deps: DialAttemptDeps,
  ready: ReadyAttempt,
  result: CreateCallResult,
  events: readonly CallEvent[],
): Promise<DialResult> {
  const callId = ready.attempt.id;
  const session = deps.session(callId);
  const now = ctx.clock.now();
  switch (result.kind) {
    case 'accepted':
      await session.dialled(
        [...events, dialEvent(5, now, 'twilio.dial.accepted', { sid: result.sid })],
        { sid: result.sid },
      );
      // Last: until then the attempt's row says that its dial has not been told of.
      await takeBackIfForbidden(ctx, deps.carrier, callId, result.sid);
      return { type: 'in_flight' };
    case 'unknown':
      await ctx.db.run(ctx.db.raw(SET_UNKNOWN, callId));
      await session.dialled(
        [...events, dialEvent(7, now, 'twilio.dial.unknown', { reason: result.reason })],
        { end: null },
      );
      return { type: 'in_flight' };
    case 'rate_limited':
      return takeBack(ctx, callId);
    case 'rejected':
      return reject(ctx, session, ready, result, events);
  }
}

/** Paused, stopped or suppressed while the POST was on its way. */
async function takeBackIfForbidden(
  ctx: TenantContext,
  carrier: DialAttemptDeps['carrier'],
  callId: string,
  sid: string,
): Promise<void> {
  const accepted = await noteAccepted(ctx, callId, sid);
  if (accepted === null || accepted.cancelReason === null) return;
  await cancelAtCarrier(ctx, carrier, callId, sid);
}

/** Nothing was dialled: the day's count is given back, and the gate looks again. */
async function takeBack(ctx: TenantContext, callId: string): Promise<DialResult> {
  await ctx.db.batch(backToQueued(ctx, callId));
  return { type: 'again' };
}

/** A refused contact is settled by the ledger like any ended call; a fault of the account is not his. */
async function reject(
  ctx: TenantContext,
  session: DialSession,
  ready: ReadyAttempt,
  result: Extract<CreateCallResult, { kind: 'rejected' }>,
  events: readonly CallEvent[],
): Promise<DialResult> {
  const now = ctx.clock.now();
  const errorCode = String(result.code ?? result.httpStatus);
  const isAccountFault = result.errorClass === 'account' || result.errorClass === 'bug';
  if (isAccountFault) {
    await endAttempt(ctx, {
      callId: ready.attempt.id,
      result: errorCode,
      after: { state: 'due', dueAt: now, isCounted: false },
      costMicros: 0,
    });
  }
  await session.dialled(
    [
      ...events,
      dialEvent(5, now, 'twilio.dial.rejected', { code: errorCode, class: result.errorClass }),
      dialEvent(6, now, 'call.finished', { status: 'failed', code: errorCode }),
    ],
    { end: 'failed', errorCode },
  );
  return isAccountFault
    ? { type: 'account_fault', errorCode, message: result.message }
    : { type: 'not_dialled' };
}

const SET_UNKNOWN = `UPDATE attempt SET state = 'unknown'
WHERE tenant_id = ?1 AND id = ?2 AND state = 'dialing'`;
