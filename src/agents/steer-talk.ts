import type { CarrierAccountRow } from '../db/platform-db.ts';
import type { PaceRequest, RequestEnd, StartRequest } from '../dialing/dial-pacer.object.ts';
import { isAllowedDestination } from '../shared/destination.ts';
import { isE164 } from '../shared/e164.ts';
import { DestinyError } from '../shared/errors.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import type { ConferenceRooms } from '../telephony/conferences.ts';
import type { TenantContext } from '../tenants/context.ts';
import type { HandOn, TalkRoom } from './agent-desk.object.ts';

export type SteerDesk = {
  talk(agentId: string, callId: string): Promise<TalkRoom | null>;
  noteHeld(callId: string, isHeld: boolean): Promise<void>;
  handOn(input: HandOn): Promise<boolean>;
};
/** The account's pace: a number that is called in is a call like every other. */
export type SteerPacer = {
  placeInbound(
    request: Pick<PaceRequest, 'tenantId' | 'maxConcurrentCalls' | 'leaseMs'> & {
      readonly callId: string;
    },
  ): Promise<boolean>;
  start(request: StartRequest): Promise<number | null>;
  finish(end: RequestEnd, callsPerSecond: number): Promise<void>;
  release(callIds: readonly string[]): Promise<void>;
};
export type SteerContext = {
  readonly tenant: TenantContext;
  readonly account: CarrierAccountRow;
  readonly desk: SteerDesk;
  readonly rooms: ConferenceRooms;
  readonly pacer: SteerPacer;
  readonly urls: CallbackUrls;
};
type OwnTalk = { readonly agentId: string; readonly callId: string };

const RING_SECONDS = 30;
const TALK_SECONDS = 3600;
/** The place of a number that is called in ends by itself: nobody reports its end to the pacer. */
const PLACE_MS = (RING_SECONDS + TALK_SECONDS + 60) * 1000;
const START_TRIES = 20;
const START_AGAIN_MS = 250;

/** Lets the caller hear music, or talk again. */
export async function holdTalk(
  ctx: SteerContext,
  { agentId, callId, isHeld }: OwnTalk & { readonly isHeld: boolean },
): Promise<void> {
  const talk = await ownTalk(ctx, { agentId, callId });
  await setHold(ctx, callId, talk, isHeld);
  await ctx.desk.noteHeld(callId, isHeld);
}

/**
 * Hands the caller on. He hears music, the room outlives the agent, and somebody else is looked for;
 * if nobody takes him, the agent who is still there has him back, else he goes on in his script.
 */
export async function handOn(
  ctx: SteerContext,
  { agentId, callId, to }: OwnTalk & { readonly to: string },
): Promise<void> {
  const talk = await ownTalk(ctx, { agentId, callId });
  const number = to.startsWith('+') ? checkedNumber(ctx, to) : null;
  const { conferenceSid, agentSid } = talk;
  await ctx.rooms.change(conferenceSid, agentSid, { endsConference: false });
  await setHold(ctx, callId, talk, true);
  const wanted = number === null && to !== 'agents' ? to : null;
  const label = number === null ? null : `number.${ctx.tenant.newId('call')}`;
  if (label !== null && number !== null) await callIn(ctx, talk, number, label);
  if (await ctx.desk.handOn({ agentId, callId, wanted, outside: label })) return;
  throw new DestinyError('conflict', 'Nobody else can take this caller now; he stays with you.');
}

async function ownTalk({ desk }: SteerContext, { agentId, callId }: OwnTalk): Promise<TalkRoom> {
  const talk = await desk.talk(agentId, callId);
  if (talk !== null) return talk;
  throw new DestinyError('not_found', `You are in no talk ${callId}; it may be over.`);
}

async function setHold(
  { rooms, urls, tenant }: SteerContext,
  callId: string,
  { conferenceSid, callerSid }: TalkRoom,
  isHeld: boolean,
): Promise<void> {
  const musicUrl = urls.of('wait', { tenant: tenant.tenant.id, call: callId });
  const hold = isHeld ? { musicUrl } : false;
  if (await rooms.change(conferenceSid, callerSid, { hold })) return;
  throw new DestinyError('not_found', 'The caller is gone.');
}

function checkedNumber({ tenant }: SteerContext, e164: string): string {
  if (!isE164(e164)) {
    throw new DestinyError('invalid_number', `"${e164}" is not an E.164 number.`);
  }
  if (isAllowedDestination(e164, tenant.tenant.callingCodes)) return e164;
  throw new DestinyError('invalid_number', `The tenant may not call ${e164}.`);
}

/** From the places that campaigns leave free, at the account's pace. */
async function callIn(ctx: SteerContext, talk: TalkRoom, to: string, label: string): Promise<void> {
  const { account, pacer, tenant } = ctx;
  const { callsPerSecond, maxConcurrentCalls } = account;
  const place = { tenantId: tenant.tenant.id, maxConcurrentCalls, leaseMs: PLACE_MS };
  if (!(await pacer.placeInbound({ callId: label, ...place }))) throw await giveBack(ctx, talk);
  try {
    await waitForStart(ctx, label);
    const { conferenceSid, ownNumber: from } = talk;
    const limits = { timeoutSeconds: RING_SECONDS, timeLimitSeconds: TALK_SECONDS };
    await ctx.rooms.call(conferenceSid, { to, from, label, ...limits, endsConference: true });
  } catch (error) {
    await pacer.release([label]);
    await giveBack(ctx, talk);
    throw error;
  } finally {
    await pacer.finish({ callId: label, isRefused: false, queueTimeMs: 0 }, callsPerSecond);
  }
}

async function waitForStart({ pacer, account, tenant }: SteerContext, callId: string) {
  for (let n = 0; n < START_TRIES; n++) {
    const { callsPerSecond } = account;
    const waitMs = await pacer.start({ callId, callsPerSecond, inMs: 0 });
    await tenant.clock.sleep(waitMs ?? START_AGAIN_MS);
    if (waitMs !== null) return;
  }
  throw new DestinyError('carrier_failed', 'Too many requests are under way; try again.');
}

async function giveBack({ rooms }: SteerContext, talk: TalkRoom): Promise<DestinyError> {
  const { conferenceSid, agentSid, callerSid } = talk;
  await rooms.change(conferenceSid, agentSid, { endsConference: true });
  await rooms.change(conferenceSid, callerSid, { hold: false });
  return new DestinyError('conflict', 'All lines of the account are busy; try again in a moment.');
}
