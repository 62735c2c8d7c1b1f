/** Grows when a frame changes its meaning; a page and a desk that differ do not talk. */
export const DESK_VERSION = 1;

/** `busy` and `wrap_up` are the desk's to say; an agent says whether he is there. */
export type Presence = 'available' | 'busy' | 'away' | 'wrap_up';

export type AgentView = {
  readonly id: string;
  readonly name: string;
  readonly presence: Presence;
  /** Epoch ms of the last change of presence. */
  readonly since: number;
  /** When the desk ends his wrap-up by itself. */
  readonly wrapUpUntil: number | null;
  /** The call that he is in, or wraps up. */
  readonly callId: string | null;
};

/** A caller as whoever may take him sees him; what was said is in `GET /calls/{id}`. */
export type CallerView = {
  readonly callId: string;
  readonly number: string;
  readonly contactId: string | null;
  /** Where in the script he asked for a person. */
  readonly node: string;
  /** Epoch ms. */
  readonly waitingSince: number;
  /** Who hands him on; null: the script did. */
  readonly from: string | null;
};
export type OfferView = CallerView & { readonly id: string; readonly expiresAt: number };

/** `connecting`: accepted, and not yet in the room with the caller. */
export type TalkView = CallerView & {
  readonly stage: 'connecting' | 'talking';
  readonly isHeld: boolean;
  /** Looked for somebody else meanwhile. */
  readonly isHandedOn: boolean;
};

/** Why an offer is none any more. */
export type Withdrawal = 'taken' | 'expired' | 'declined' | 'caller_left' | 'unavailable';

/** From the desk to an agent's page. */
export type DeskFrame =
  | {
      readonly v: 1;
      readonly type: 'hello';
      readonly agent: AgentView;
      readonly offers: readonly OfferView[];
      readonly talk: TalkView | null;
    }
  | {
      readonly v: 1;
      readonly type: 'agent';
      readonly agent: AgentView;
      readonly talk: TalkView | null;
    }
  | { readonly v: 1; readonly type: 'offer'; readonly offer: OfferView }
  | {
      readonly v: 1;
      readonly type: 'withdrawn';
      readonly offerId: string;
      readonly reason: Withdrawal;
    }
  /** The offer is his: the softphone connects with this ticket, once. */
  | { readonly v: 1; readonly type: 'connect'; readonly callId: string; readonly ticket: string };

/** From an agent's page to the desk. */
export type AgentFrame =
  | { readonly type: 'set'; readonly presence: 'available' | 'away' }
  | { readonly type: 'accept'; readonly offerId: string }
  | { readonly type: 'decline'; readonly offerId: string }
  /** The softphone could not connect, or lost the line before it was in the room. */
  | { readonly type: 'dropped'; readonly callId: string }
  | { readonly type: 'wrapped' };

/** Close code of our own: come again, so that rights are looked at anew. */
export const RENEW = 4001;

/** Null for what no page of ours says. */
export function agentFrameOf(text: string): AgentFrame | null {
  const { type, presence, offerId, callId } = fieldsOf(text);
  switch (type) {
    case 'set':
      return presence === 'available' || presence === 'away' ? { type, presence } : null;
    case 'accept':
    case 'decline':
      return typeof offerId === 'string' ? { type, offerId } : null;
    case 'dropped':
      return typeof callId === 'string' ? { type, callId } : null;
    case 'wrapped':
      return { type };
    default:
      return null;
  }
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
