import { type FormParams, single } from '../telephony/signature.ts';
import type { Turn } from './conversation.ts';
import type { FarAction, FarRecord } from './far-ends.ts';
import { quietStep } from './quiet-step.ts';
import type { SessionEvent, SessionSetup, SessionState, SessionStep } from './session-types.ts';

/** The conference that a caller waits and talks in. */
export type AgentRoom = {
  readonly name: string;
  readonly since: number;
  readonly waitMs: number;
  readonly node: string;
  readonly conferenceSid: string | null;
  /** Everybody who ever came in, by the SID of his leg. */
  readonly seats: Readonly<Record<string, Seat>>;
  /** Set: nobody takes him, and his call is sent to its next turn. */
  readonly leaving: { readonly event: LeaveEvent; readonly reason: string } | null;
};
export type Seat = {
  readonly label: string;
  /** The carrier's number of the last thing heard of him: callbacks come in any order. */
  readonly sequence: number;
  readonly isIn: boolean;
};
export type LeaveEvent = 'busy' | 'no-answer' | 'failed';

/** What a tenant's desk has to know of one call; a newer one replaces it. `transfer` null: nobody waits. */
export type RoomReport = {
  readonly callId: string;
  readonly transfer: {
    /** Which transfer of the call: the turn that it ends with. */
    readonly n: number;
    readonly room: string;
    readonly since: number;
    readonly waitMs: number;
    readonly node: string;
    /** Who waits, E.164. */
    readonly number: string;
    readonly contactId: string | null;
    readonly ownNumber: string;
    readonly callerSid: string | null;
    readonly conferenceSid: string | null;
    /** Verifies the webhooks of everybody in the room. */
    readonly tokenSealed: string;
    readonly accountSid: string;
    readonly voice: string;
    readonly language: string;
  } | null;
  /** Who is in the room beside the caller. */
  readonly present: readonly { readonly sid: string; readonly label: string }[];
};

export const CALLER_LABEL = 'caller';
const AGENT_PREFIX = 'agent.';

/** How a conference calls the leg of an agent. */
export function agentLabel(agentId: string): string {
  return `${AGENT_PREFIX}${agentId}`;
}

export function isForAgents(
  action: FarAction | null,
): action is Extract<FarAction, { readonly type: 'transfer' }> {
  return action?.type === 'transfer' && action.to === 'agents';
}

/** The call's id has 80 random bits, so nobody else finds the room; a turn has one transfer at most. */
export function newRoom(
  { setup, now }: Pick<Turn, 'setup' | 'now'>,
  timeoutMs: number,
  nonce: number,
  node: string,
): AgentRoom {
  return {
    ...{ name: roomName(setup, nonce), since: now, waitMs: timeoutMs, node },
    ...{ conferenceSid: null, seats: {}, leaving: null },
  };
}

export function roomName({ callId }: Pick<SessionSetup, 'callId'>, nonce: number): string {
  return `${callId}-${nonce}`;
}

/** What happens in the room, as the carrier tells it. */
export function takeRoom({ state, now }: Turn, params: FormParams): SessionStep {
  const { waiting } = state;
  const room = waiting?.room ?? null;
  if (waiting === null || room === null || single(params.FriendlyName) !== room.name) {
    return quietStep(state);
  }
  const event = single(params.StatusCallbackEvent);
  const sid = single(params.CallSid);
  const isIn = event === 'participant-join';
  if (sid === '' || (!isIn && event !== 'participant-leave')) return quietStep(state);
  const sequence = Number(single(params.SequenceNumber));
  const known = room.seats[sid];
  if (known !== undefined && known.sequence >= sequence) return quietStep(state);
  const label = single(params.ParticipantLabel) || (known?.label ?? '');
  const seats = { ...room.seats, [sid]: { label, sequence, isIn } };
  const isFirstAgent = isIn && waiting.answeredAt === null && isTalker(label);
  const events: SessionEvent[] = isFirstAgent
    ? [{ at: now, type: 'transfer.answered', detail: answeredBy(room, label, sid, now) }]
    : [];
  const conferenceSid = single(params.ConferenceSid) || room.conferenceSid;
  return quietStep(
    {
      ...state,
      waiting: {
        ...waiting,
        answeredAt: isFirstAgent ? now : waiting.answeredAt,
        room: { ...room, seats, conferenceSid },
      },
      deskRevision: state.deskRevision + 1,
    },
    events,
  );
}

/** Nobody takes the caller: his next turn says so. Null when that comes too late. */
export function leaveRoom(
  state: SessionState,
  leaving: NonNullable<AgentRoom['leaving']>,
): SessionStep | null {
  const { waiting } = state;
  if (waiting?.room == null || waiting.room.leaving !== null) return null;
  return quietStep({ ...state, waiting: { ...waiting, room: { ...waiting.room, leaving } } });
}

/**
 * How the stay in the room ended: the script's branch, and what the history says. `dialStatus` says
 * `answered` of a room that somebody came into, also when the callback that told of him was lost.
 */
export function endOfRoom(
  { answeredAt, room }: NonNullable<SessionState['waiting']>,
  dialStatus: string,
  now: number,
): { readonly event: LeaveEvent | 'answered'; readonly records: readonly FarRecord[] } {
  const waitedMs = (answeredAt ?? now) - (room?.since ?? now);
  const ended: FarRecord[] =
    answeredAt === null
      ? []
      : [{ type: 'transfer.ended', detail: { seconds: Math.round((now - answeredAt) / 1000) } }];
  const leaving = room?.leaving ?? null;
  // He talked with somebody who is gone now: nothing failed, unless he was to be handed on.
  if (answeredAt !== null && (leaving === null || leaving.reason === 'agent_left')) {
    return { event: 'answered', records: ended };
  }
  if (leaving === null && dialStatus === 'answered') {
    const unseen = { type: 'transfer.answered', detail: { waitedMs: null } };
    return {
      event: 'answered',
      records: [unseen, { type: 'transfer.ended', detail: { seconds: null } }],
    };
  }
  const { event, reason } = leaving ?? { event: 'failed' as const, reason: 'room_ended' };
  return {
    event,
    records: [...ended, { type: 'transfer.failed', detail: { to: 'agents', reason, waitedMs } }],
  };
}

/** Whoever stops waiting for an agent is not the desk's any more. */
export function leftRoom(state: SessionState): SessionState {
  if (state.waiting?.room == null) return state;
  return { ...state, deskRevision: state.deskRevision + 1 };
}

/** A talk with a person counts nothing against the time that a script may take. */
export function withoutTalk({ flow, waiting }: SessionState, now: number): SessionState['flow'] {
  const since = waiting?.room?.since ?? waiting?.answeredAt ?? null;
  if (flow === null || since === null) return flow;
  return { ...flow, startedAt: flow.startedAt + (now - since) };
}

/** What the desk is to know now. */
export function roomReport(setup: SessionSetup, state: SessionState): RoomReport {
  const room = state.waiting?.room ?? null;
  if (room === null) return { callId: setup.callId, transfer: null, present: [] };
  const { name, since, waitMs, node, conferenceSid, seats } = room;
  const { tokenSealed, accountSid, ownNumber, flow } = setup;
  return {
    callId: setup.callId,
    transfer: {
      ...{ n: state.nonce, room: name, since, waitMs, node, conferenceSid },
      ...peerOf(setup),
      ...{ callerSid: state.twilioSid, tokenSealed, accountSid, ownNumber },
      ...{ voice: flow.settings.voice, language: flow.settings.language },
    },
    present: Object.entries(seats).flatMap(([sid, { label, isIn }]) =>
      isIn && label !== CALLER_LABEL ? [{ sid, label }] : [],
    ),
  };
}

function peerOf({ inbound, peer }: SessionSetup): {
  readonly number: string;
  readonly contactId: string | null;
} {
  if (inbound !== undefined) return { number: inbound.fromNumber, contactId: inbound.contactId };
  return peer ?? { number: '', contactId: null };
}

/** Agents, and outside numbers that an agent called in; never those who only listen. */
function isTalker(label: string): boolean {
  return label.startsWith(AGENT_PREFIX) || label.startsWith('number.');
}

function answeredBy(
  room: AgentRoom,
  label: string,
  sid: string,
  now: number,
): SessionEvent['detail'] {
  const by = label.startsWith(AGENT_PREFIX)
    ? { agent: label.slice(AGENT_PREFIX.length) }
    : { label };
  return { ...by, sid, waitedMs: now - room.since };
}
