import { agentView, callerView, type DeskState, type Transfer } from './desk-state.ts';
import type { AgentView, CallerView, OfferView } from './protocol.ts';

export type DeskView = {
  readonly agents: readonly (AgentView & { readonly isConnected: boolean })[];
  /** Longest waiting first. */
  readonly waiting: readonly CallerView[];
  readonly talks: readonly (CallerView & { readonly agentId: string })[];
};

/** Who is where, at a desk that may never have been used. */
export function deskView(state: DeskState | null): DeskView {
  if (state === null) return { agents: [], waiting: [], talks: [] };
  const transfers = inOrder(state);
  return {
    agents: Object.values(state.agents).map((agent) => ({
      ...agentView(agent),
      isConnected: agent.lostAt === null,
    })),
    waiting: transfers.filter(isWaiting).map(callerView),
    talks: transfers.flatMap((transfer) =>
      transfer.taker === null ? [] : [{ ...callerView(transfer), agentId: transfer.taker.agentId }],
    ),
  };
}

/** From 1; null for who stands in no line. */
export function placeInLine(state: DeskState, callId: string): number | null {
  const at = inOrder(state)
    .filter(isWaiting)
    .findIndex((transfer) => transfer.callId === callId);
  return at === -1 ? null : at + 1;
}

export function offersOf(state: DeskState, agentId: string): OfferView[] {
  return inOrder(state).flatMap((transfer) =>
    transfer.offers
      .filter((offer) => offer.agentId === agentId)
      .map(({ id, expiresAt }) => ({ ...callerView(transfer), id, expiresAt })),
  );
}

function inOrder(state: DeskState): Transfer[] {
  return Object.values(state.transfers).sort((a, b) => a.report.since - b.report.since);
}

/** In the line; a caller on hold is somebody's, and one on his way out is nobody's. */
function isWaiting({ taker, isLeaving, isHeld, endsAt }: Transfer): boolean {
  return taker === null && !isLeaving && !isHeld && endsAt === null;
}
