import type { DeskDraft } from './desk-draft.ts';
import { type Agent, callerView, type DeskState, type Transfer } from './desk-state.ts';

/** A page that reloads, or changes its network, is back within this time. */
const GRACE_MS = 10_000;
/** More callers than this are not kept waiting. */
const MOST_WAITING = 200;
/** Whose session has said nothing for so long after its end of waiting is in no call any more. */
const DROP_AFTER_MS = 900_000;
/** Who was not seen for so long is no agent any more. */
const FORGET_AFTER_MS = 86_400_000;

/** Everything that time and what happened before it make due. */
export function settle(draft: DeskDraft, newId: () => string): void {
  for (const agent of draft.agents()) settleAgent(draft, agent);
  for (const transfer of draft.transfers()) settleTaker(draft, transfer);
  for (const transfer of draft.transfers()) settleOffers(draft, transfer);
  for (const transfer of draft.transfers()) settleWait(draft, transfer);
  for (const transfer of draft.transfers()) offer(draft, transfer, newId);
}

/** When `settle` has something to do next; null when it waits for nobody. */
export function dueAt(state: DeskState): number | null {
  const connecting = new Set(
    Object.values(state.transfers).flatMap(({ taker }) =>
      taker === null || taker.isIn ? [] : [taker.agentId],
    ),
  );
  const agents = Object.values(state.agents).flatMap((agent) => {
    const { id, presence, wrapUpUntil, lostAt } = agent;
    // Whose page is lost in the middle of a talk is looked at when the talk is over.
    if (lostAt === null || (presence === 'busy' && !connecting.has(id))) return [wrapUpUntil];
    return [wrapUpUntil, lostAt + (isAway(agent) ? FORGET_AFTER_MS : GRACE_MS)];
  });
  const transfers = Object.values(state.transfers).flatMap((transfer) => [
    ...transfer.offers.map(({ expiresAt }) => expiresAt),
    transfer.endsAt,
    isWaiting(transfer) ? transfer.until : null,
    transfer.taker !== null && transfer.taker.sid === null ? transfer.taker.joinBy : null,
  ]);
  const times = [...agents, ...transfers].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** He accepted and did not come: somebody else is asked. */
export function failTaker(draft: DeskDraft, transfer: Transfer): void {
  const { taker } = transfer;
  if (taker === null) return;
  draft.putTransfer({ ...transfer, taker: null, tried: [...transfer.tried, taker.agentId] });
  draft.setPresence(taker.agentId, 'away', { callId: null });
}

const isAway = ({ presence }: Agent) => presence === 'away';
const isWaiting = ({ taker, isLeaving, endsAt, outside }: Transfer) =>
  taker === null && !isLeaving && endsAt === null && outside?.isIn !== true;

function settleAgent(draft: DeskDraft, agent: Agent): void {
  const { id, presence, wrapUpUntil, lostAt } = agent;
  const { now } = draft;
  if (presence === 'wrap_up' && wrapUpUntil !== null && wrapUpUntil <= now) {
    draft.setPresence(id, 'available', { callId: null });
  }
  if (lostAt === null) return;
  if (lostAt + FORGET_AFTER_MS <= now && isAway(agent)) draft.forgetAgent(id);
  else if (lostAt + GRACE_MS <= now && !isAway(agent) && presence !== 'busy') {
    draft.setPresence(id, 'away', { callId: null });
  }
}

function settleTaker(draft: DeskDraft, transfer: Transfer): void {
  const { taker } = transfer;
  if (taker === null || taker.isIn) return;
  const lostAt = draft.agent(taker.agentId)?.lostAt ?? null;
  const isGone = lostAt !== null && lostAt + GRACE_MS <= draft.now;
  // Who came with his ticket is on his way as long as his page is there.
  if (isGone || (taker.sid === null && taker.joinBy <= draft.now)) failTaker(draft, transfer);
}

function settleOffers(draft: DeskDraft, transfer: Transfer): void {
  const missed = transfer.offers.filter(({ expiresAt }) => expiresAt <= draft.now);
  const unavailable = transfer.offers.filter(
    (one) => !missed.includes(one) && draft.agent(one.agentId)?.presence !== 'available',
  );
  if (missed.length + unavailable.length === 0) return;
  const ids = (offers: typeof missed) => offers.map(({ agentId }) => agentId);
  const late = ids(missed);
  let rest = draft.withdraw(transfer, 'expired', (id) => late.includes(id));
  rest = draft.withdraw(rest, 'unavailable', (id) => ids(unavailable).includes(id));
  draft.putTransfer({ ...rest, tried: [...rest.tried, ...late, ...ids(unavailable)] });
  // Who alone was asked and said nothing is not at his desk; of several asked, one is enough.
  if (draft.settings.offersAtOnce === 1) {
    for (const id of late) draft.setPresence(id, 'away', { callId: null });
  }
}

function settleWait(draft: DeskDraft, transfer: Transfer): void {
  if (transfer.isLeaving && transfer.until + DROP_AFTER_MS <= draft.now) {
    draft.dropTransfer(transfer.callId);
    return;
  }
  if (transfer.endsAt !== null && transfer.endsAt <= draft.now && !transfer.isLeaving) {
    leave(draft, transfer, 'failed', 'agent_left');
    return;
  }
  if (!isWaiting(transfer) || transfer.offers.length > 0) return;
  const { wasOffered, until, outside } = transfer;
  const missed = wasOffered ? 'not_accepted' : 'nobody_there';
  if (until <= draft.now) {
    if (wasOffered) giveUp(draft, transfer, 'no-answer', 'not_accepted');
    else giveUp(draft, transfer, 'busy', outside === null ? 'all_busy' : 'number_not_reached');
  } else if (outside !== null) {
    // A phone rings somewhere; agents are not asked meanwhile.
  } else if (!draft.agents().some((agent) => canStillTake(transfer, agent))) {
    giveUp(draft, transfer, 'no-answer', missed);
  } else if (!draft.settings.queueWhenBusy && candidates(draft, transfer).length === 0) {
    giveUp(draft, transfer, wasOffered ? 'no-answer' : 'busy', wasOffered ? missed : 'all_busy');
  } else if (draft.transfers().filter(isWaiting).indexOf(transfer) >= MOST_WAITING) {
    giveUp(draft, transfer, 'busy', 'queue_full');
  }
}

/** Somebody who hands on and is still there gets his caller back. */
function giveUp(
  draft: DeskDraft,
  transfer: Transfer,
  event: 'busy' | 'no-answer',
  reason: string,
): void {
  const { handedBy, callId } = transfer;
  if (handedBy?.isIn !== true) {
    leave(draft, draft.withdraw(transfer, 'expired'), event, reason);
    return;
  }
  const back = { taker: handedBy, handedBy: null, wanted: null, outside: null, isHeld: false };
  draft.putTransfer({ ...transfer, ...back });
  draft.order({ type: 'resume', callId, host: handedBy.sid });
}

function leave(
  draft: DeskDraft,
  transfer: Transfer,
  event: 'busy' | 'no-answer' | 'failed',
  reason: string,
): void {
  draft.putTransfer({ ...transfer, isLeaving: true });
  draft.order({ type: 'leave', callId: transfer.callId, event, reason });
}

/** There, now or in a while, and not asked before. */
function canStillTake({ tried, wanted, outside }: Transfer, agent: Agent): boolean {
  if (outside !== null) return false;
  return !isAway(agent) && !tried.includes(agent.id) && (wanted === null || wanted === agent.id);
}

/** Longest idle first; the id decides between two of one moment. */
function candidates(draft: DeskDraft, transfer: Transfer): Agent[] {
  const asked = new Set(
    draft.transfers().flatMap(({ offers }) => offers.map(({ agentId }) => agentId)),
  );
  return draft
    .agents()
    .filter(({ presence, lostAt, id }) => {
      return presence === 'available' && lostAt === null && !asked.has(id);
    })
    .filter((agent) => canStillTake(transfer, agent))
    .sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

function offer(draft: DeskDraft, transfer: Transfer, newId: () => string): void {
  if (!isWaiting(transfer) || transfer.offers.length > 0) return;
  const { offersAtOnce, ringSeconds } = draft.settings;
  const expiresAt = Math.min(draft.now + ringSeconds * 1000, transfer.until);
  const asked = candidates(draft, transfer).slice(0, offersAtOnce);
  if (asked.length === 0) return;
  const offers = asked.map(({ id: agentId }) => ({ id: newId(), agentId, expiresAt }));
  draft.putTransfer({ ...transfer, offers, wasOffered: true });
  for (const { id, agentId } of offers) {
    const view = { ...callerView(transfer), id, expiresAt };
    draft.order({ type: 'frame', agentId, frame: { v: 1, type: 'offer', offer: view } });
  }
}
