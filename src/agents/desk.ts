import type { RoomReport } from '../calls/agent-room.ts';
import { agentLabel } from '../calls/agent-room.ts';
import { DeskDraft } from './desk-draft.ts';
import type { DeskState, Order, Taker, Transfer } from './desk-state.ts';
import type { AgentFrame } from './protocol.ts';
import { failTaker, settle } from './settle.ts';

export type DeskEvent =
  /** What the session of a call says of its room. */
  | { readonly type: 'room'; readonly report: RoomReport }
  | { readonly type: 'arrived'; readonly agentId: string; readonly name: string }
  /** His last page is gone; it may come back. */
  | { readonly type: 'lost'; readonly agentId: string }
  | { readonly type: 'said'; readonly agentId: string; readonly frame: AgentFrame }
  /** He looks for somebody else for his caller; `wanted`: for this one agent. */
  | {
      readonly type: 'handed_on';
      readonly agentId: string;
      readonly callId: string;
      readonly wanted: string | null;
      readonly outside: string | null;
    }
  | { readonly type: 'held'; readonly callId: string; readonly isHeld: boolean }
  | { readonly type: 'tick' };

/** An agent who accepted must come with his ticket within this time. */
const CONNECT_WITHIN_MS = 20_000;
/** A number that is called in rings half a minute; the carrier adds some seconds. */
const OUTSIDE_RINGS_MS = 45_000;
/** After whom he talked with has left, the caller goes on by himself within this time. */
export const ENDS_WITHIN_MS = 3000;

/**
 * One thing happens at a tenant's desk: who is offered what, and what has to be done. Pure: `newId`
 * makes identifiers that nobody guesses.
 */
export function deskStep(
  state: DeskState,
  event: DeskEvent,
  now: number,
  newId: () => string,
): { readonly state: DeskState; readonly orders: readonly Order[] } {
  const draft = new DeskDraft(state, now);
  switch (event.type) {
    case 'room':
      takeReport(draft, event.report);
      break;
    case 'arrived':
      arrive(draft, event.agentId, event.name);
      break;
    case 'lost': {
      const agent = draft.agent(event.agentId);
      if (agent !== undefined) draft.putAgent({ ...agent, lostAt: agent.lostAt ?? now });
      break;
    }
    case 'said':
      takeFrame(draft, event.agentId, event.frame, newId);
      break;
    case 'handed_on':
      handOn(draft, event);
      break;
    case 'held': {
      const transfer = draft.transfer(event.callId);
      if (transfer !== undefined) draft.putTransfer({ ...transfer, isHeld: event.isHeld });
      break;
    }
    case 'tick':
      break;
  }
  settle(draft, newId);
  return draft.end();
}

function arrive(draft: DeskDraft, id: string, name: string): void {
  const known = draft.agent(id);
  const fresh = {
    id,
    presence: 'away',
    since: draft.now,
    wrapUpUntil: null,
    callId: null,
  } as const;
  draft.putAgent({ ...(known ?? fresh), name, lostAt: null });
}

function takeReport(draft: DeskDraft, { callId, transfer, present }: RoomReport): void {
  const known = draft.transfer(callId);
  if (known !== undefined && (transfer === null || transfer.n !== known.report.n)) {
    draft.withdraw(known, 'caller_left');
    draft.dropTransfer(callId);
    for (const own of [known.taker, known.handedBy]) if (own !== null) draft.release(own);
  }
  if (transfer === null) return;
  if (known === undefined || transfer.n !== known.report.n) {
    const until = draft.now + Math.min(transfer.waitMs, draft.settings.waitSeconds * 1000);
    draft.putTransfer({
      ...{ callId, report: transfer, present, until, offers: [], tried: [], wasOffered: false },
      ...{ taker: null, handedBy: null, wanted: null, isHeld: false, listeners: [] },
      ...{ isLeaving: false, endsAt: null, outside: null },
    });
    return;
  }
  draft.putTransfer(seated(draft, { ...known, report: transfer, present }));
}

/** Compares who is in the room with who was. */
function seated(draft: DeskDraft, transfer: Transfer): Transfer {
  const isIn = ({ agentId }: Taker) =>
    transfer.present.some(({ label }) => label === agentLabel(agentId));
  let { taker, handedBy, isHeld, endsAt, outside } = transfer;
  if (handedBy?.isIn && !isIn(handedBy)) {
    draft.release(handedBy);
    handedBy = { ...handedBy, isIn: false };
  }
  if (taker !== null && !taker.isIn && isIn(taker)) {
    taker = { ...taker, isIn: true };
    if (isHeld) draft.order({ type: 'resume', callId: transfer.callId, host: null });
    isHeld = false;
  } else if (taker?.isIn && !isIn(taker)) {
    draft.release(taker);
    taker = null;
    endsAt = draft.now + ENDS_WITHIN_MS;
  }
  const isAnswered = transfer.present.some(({ label }) => label === outside?.label);
  if (outside !== null && isAnswered && !outside.isIn) {
    outside = { ...outside, isIn: true };
    if (isHeld) draft.order({ type: 'resume', callId: transfer.callId, host: null });
    isHeld = false;
  }
  return { ...transfer, taker, handedBy, isHeld, endsAt, outside };
}

function takeFrame(
  draft: DeskDraft,
  agentId: string,
  frame: AgentFrame,
  newId: () => string,
): void {
  const agent = draft.agent(agentId);
  if (agent === undefined) return;
  switch (frame.type) {
    case 'set':
      setPresence(draft, agentId, frame.presence);
      return;
    case 'wrapped':
      if (agent.presence === 'wrap_up') draft.setPresence(agentId, 'available', { callId: null });
      return;
    case 'accept':
      accept(draft, agentId, frame.offerId, newId);
      return;
    case 'decline': {
      const transfer = draft.transfers().find(({ offers }) => isOffered(offers, frame.offerId));
      if (transfer === undefined || !isHis(transfer, agentId)) return;
      const rest = draft.withdraw(transfer, 'declined', (id) => id === agentId);
      draft.putTransfer({ ...rest, tried: [...rest.tried, agentId] });
      return;
    }
    case 'dropped': {
      const transfer = draft.transfer(frame.callId);
      if (transfer?.taker?.agentId === agentId && !transfer.taker.isIn) failTaker(draft, transfer);
      return;
    }
  }
}

function setPresence(draft: DeskDraft, agentId: string, presence: 'available' | 'away'): void {
  // Who talks is busy, whatever he says; the desk says what he is afterwards.
  if (draft.agent(agentId)?.presence === 'busy') return;
  draft.setPresence(agentId, presence, { callId: null });
  for (const transfer of draft.transfers()) {
    if (presence === 'available') {
      const tried = transfer.tried.filter((id) => id !== agentId);
      if (tried.length < transfer.tried.length) draft.putTransfer({ ...transfer, tried });
    } else if (isHis(transfer, agentId)) {
      const rest = draft.withdraw(transfer, 'declined', (id) => id === agentId);
      draft.putTransfer({ ...rest, tried: [...rest.tried, agentId] });
    }
  }
}

function accept(draft: DeskDraft, agentId: string, offerId: string, newId: () => string): void {
  const transfer = draft.transfers().find(({ offers }) => isOffered(offers, offerId));
  const offer = transfer?.offers.find(({ id }) => id === offerId);
  if (transfer === undefined || offer?.agentId !== agentId) {
    const frame = { v: 1, type: 'withdrawn', offerId, reason: 'expired' } as const;
    draft.order({ type: 'frame', agentId, frame });
    return;
  }
  const { callId } = transfer;
  const ticket = newId();
  const rest = draft.withdraw(transfer, 'taken', (id) => id !== agentId);
  const joinBy = draft.now + CONNECT_WITHIN_MS;
  draft.putTransfer({
    ...rest,
    offers: [],
    taker: { agentId, ticket, sid: null, joinBy, isIn: false },
  });
  draft.setPresence(agentId, 'busy', { callId });
  draft.order({ type: 'frame', agentId, frame: { v: 1, type: 'connect', callId, ticket } });
}

/** Whoever may not hand on was refused before; a caller who is on his way out stays so. */
function handOn(draft: DeskDraft, event: Extract<DeskEvent, { type: 'handed_on' }>): void {
  const { agentId, callId, wanted, outside } = event;
  const transfer = draft.transfer(callId);
  if (transfer?.taker?.agentId !== agentId || !transfer.taker.isIn) return;
  draft.putTransfer({
    ...transfer,
    ...{ taker: null, handedBy: transfer.taker, wanted, isHeld: true, wasOffered: false },
    tried: [agentId],
    outside: outside === null ? null : { label: outside, isIn: false },
    until: draft.now + (outside === null ? draft.settings.waitSeconds * 1000 : OUTSIDE_RINGS_MS),
  });
}

function isOffered(offers: Transfer['offers'], offerId: string): boolean {
  return offers.some(({ id }) => id === offerId);
}

function isHis({ offers }: Transfer, agentId: string): boolean {
  return offers.some((offer) => offer.agentId === agentId);
}
