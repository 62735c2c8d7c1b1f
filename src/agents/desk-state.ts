import type { RoomReport } from '../calls/agent-room.ts';
import type {
  AgentView,
  CallerView,
  DeskFrame,
  Presence,
  TalkView,
  Withdrawal,
} from './protocol.ts';

export type DeskSettings = {
  /** How many agents hear of one caller at once; 1: longest idle first, one after another. */
  readonly offersAtOnce: number;
  readonly ringSeconds: number;
  /** Nobody waits longer than this, whatever a script says. */
  readonly waitSeconds: number;
  readonly wrapUpSeconds: number;
  /** False: a caller who would have to wait goes on at once, as `busy`. */
  readonly queueWhenBusy: boolean;
};
export const DESK_SETTINGS: DeskSettings = {
  offersAtOnce: 1,
  ringSeconds: 20,
  waitSeconds: 300,
  wrapUpSeconds: 30,
  queueWhenBusy: true,
};

export type Agent = {
  readonly id: string;
  readonly name: string;
  readonly presence: Presence;
  readonly since: number;
  readonly wrapUpUntil: number | null;
  readonly callId: string | null;
  /** When his last page lost its connection; null while one is there. */
  readonly lostAt: number | null;
};

export type Offer = { readonly id: string; readonly agentId: string; readonly expiresAt: number };

/** Who took a caller; `sid` is his leg's as soon as it came with the ticket. */
export type Taker = {
  readonly agentId: string;
  readonly ticket: string;
  readonly sid: string | null;
  readonly joinBy: number;
  readonly isIn: boolean;
};

/** A caller who wants a person, from his wish until he is somewhere else. */
export type Transfer = {
  readonly callId: string;
  readonly report: NonNullable<RoomReport['transfer']>;
  /** Who is in the room with him, as his session last said. */
  readonly present: RoomReport['present'];
  readonly until: number;
  readonly offers: readonly Offer[];
  /** Had their chance; not asked again unless they come back. */
  readonly tried: readonly string[];
  readonly wasOffered: boolean;
  readonly taker: Taker | null;
  /** An agent who talked with him and hands him on. */
  readonly handedBy: Taker | null;
  /** Only this agent is asked. */
  readonly wanted: string | null;
  /** A number that was called into the room for him. */
  readonly outside: { readonly label: string; readonly isIn: boolean } | null;
  readonly isHeld: boolean;
  /** Told to go on in his script. */
  readonly isLeaving: boolean;
  /** Who talked with him is gone; he should go on by himself before this time. */
  readonly endsAt: number | null;
  /** Tickets of those who listen. */
  readonly listeners: readonly Listener[];
};
export type Listener = {
  readonly ticket: string;
  readonly userId: string;
  readonly mode: 'listen' | 'coach';
  readonly expiresAt: number;
  readonly sid: string | null;
};

export type DeskState = {
  readonly agents: Readonly<Record<string, Agent>>;
  readonly transfers: Readonly<Record<string, Transfer>>;
  readonly settings: DeskSettings;
};

/** What has to be done outside of the desk. */
export type Order =
  | { readonly type: 'frame'; readonly agentId: string; readonly frame: DeskFrame }
  /** The caller goes on in his script. */
  | {
      readonly type: 'leave';
      readonly callId: string;
      readonly event: 'busy' | 'no-answer' | 'failed';
      readonly reason: string;
    }
  /** The caller hears the room again; `host` ends it when he leaves. */
  | { readonly type: 'resume'; readonly callId: string; readonly host: string | null };

export function agentView({ id, name, presence, since, wrapUpUntil, callId }: Agent): AgentView {
  return { id, name, presence, since, wrapUpUntil, callId };
}

export function callerView({ callId, report, handedBy }: Transfer): CallerView {
  const { number, contactId, node, since } = report;
  return { callId, number, contactId, node, waitingSince: since, from: handedBy?.agentId ?? null };
}

/** The talk that an agent is in, or connects to. */
export function talkOf(state: DeskState, agentId: string): TalkView | null {
  for (const transfer of Object.values(state.transfers)) {
    const { taker, handedBy, isHeld } = transfer;
    // Who has handed him on and left the room has nothing to do with him any more.
    const stays = handedBy?.isIn ? handedBy : null;
    const own = [taker, stays].find((one) => one?.agentId === agentId);
    if (own === undefined || own === null) continue;
    return {
      ...callerView(transfer),
      stage: own.isIn ? 'talking' : 'connecting',
      isHeld,
      isHandedOn: own === handedBy,
    };
  }
  return null;
}

export function agentFrame(state: DeskState, agentId: string): Order[] {
  const agent = state.agents[agentId];
  if (agent === undefined) return [];
  const talk = talkOf(state, agentId);
  return [
    { type: 'frame', agentId, frame: { v: 1, type: 'agent', agent: agentView(agent), talk } },
  ];
}

export function withdrawn({ id: offerId, agentId }: Offer, reason: Withdrawal): Order {
  return { type: 'frame', agentId, frame: { v: 1, type: 'withdrawn', offerId, reason } };
}
