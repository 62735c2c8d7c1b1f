import type { RoomReport } from '../calls/agent-room.ts';
import { agentLabel } from '../calls/agent-room.ts';
import { type DeskEvent, deskStep } from './desk.ts';
import { DESK_SETTINGS, type DeskSettings, type DeskState, type Order } from './desk-state.ts';
import type { AgentFrame, DeskFrame } from './protocol.ts';
import { redeem } from './redeem.ts';

/** A desk on a clock of its own, which keeps all that it ordered. */
export class TestDesk {
  state: DeskState;
  now = 1_000_000;
  readonly orders: Order[] = [];
  #ids = 0;

  constructor(settings: Partial<DeskSettings> = {}) {
    this.state = { agents: {}, transfers: {}, settings: { ...DESK_SETTINGS, ...settings } };
  }

  take(event: DeskEvent): readonly Order[] {
    const { state, orders } = deskStep(this.state, event, this.now, () => `id${++this.#ids}`);
    this.state = state;
    this.orders.push(...orders);
    return orders;
  }

  wait(ms: number): readonly Order[] {
    this.now += ms;
    return this.take({ type: 'tick' });
  }

  arrive(agentId: string, presence: 'available' | 'away' = 'available'): void {
    this.take({ type: 'arrived', agentId, name: agentId });
    this.say(agentId, { type: 'set', presence });
  }

  say(agentId: string, frame: AgentFrame): readonly Order[] {
    return this.take({ type: 'said', agentId, frame });
  }

  calls(callId: string, more: { readonly waitMs?: number; readonly n?: number } = {}) {
    return this.take({ type: 'room', report: reportOf(callId, this.now, more) });
  }

  /** Who is in the room with the caller now. */
  room(callId: string, labels: readonly string[]): readonly Order[] {
    const known = this.state.transfers[callId];
    if (known === undefined) return [];
    const present = labels.map((label, i) => ({ label, sid: `CA${i}` }));
    return this.take({ type: 'room', report: { callId, transfer: known.report, present } });
  }

  leaves(callId: string): readonly Order[] {
    return this.take({ type: 'room', report: { callId, transfer: null, present: [] } });
  }

  offer(agentId: string, callId: string): string | undefined {
    const offers = this.state.transfers[callId]?.offers ?? [];
    return offers.find((one) => one.agentId === agentId)?.id;
  }

  accept(agentId: string, callId: string): void {
    this.say(agentId, { type: 'accept', offerId: this.offer(agentId, callId) ?? '' });
  }

  /** Takes the caller, comes with the ticket, and is in the room. */
  talk(agentId: string, callId: string): void {
    this.accept(agentId, callId);
    this.enter(callId);
    this.room(callId, [agentLabel(agentId)]);
  }

  enter(callId: string, sid = `CA-${callId}`): boolean {
    const ticket = this.state.transfers[callId]?.taker?.ticket ?? '';
    const entered = redeem(this.state, ticket, sid, this.now);
    if (entered !== null) this.state = entered.state;
    return entered !== null;
  }

  presence(agentId: string): string | undefined {
    return this.state.agents[agentId]?.presence;
  }

  leavings(): { readonly callId: string; readonly event: string; readonly reason: string }[] {
    return this.orders.flatMap((order) =>
      order.type === 'leave'
        ? [{ callId: order.callId, event: order.event, reason: order.reason }]
        : [],
    );
  }

  frames(agentId: string, type: DeskFrame['type']): DeskFrame[] {
    return this.orders.flatMap((order) =>
      order.type === 'frame' && order.agentId === agentId && order.frame.type === type
        ? [order.frame]
        : [],
    );
  }
}

export function reportOf(
  callId: string,
  since: number,
  { waitMs = 120_000, n = 1 }: { readonly waitMs?: number; readonly n?: number } = {},
): RoomReport {
  return {
    callId,
    transfer: {
      ...{ n, room: `${callId}-${n}`, since, waitMs, node: 'desk', number: '+12125550123' },
      ...{ contactId: null, ownNumber: '+12125550100', callerSid: 'CAcaller' },
      ...{ conferenceSid: 'CF1', tokenSealed: 'sealed', accountSid: 'AC1' },
      ...{ voice: 'en-US-Chirp3-HD-Leda', language: 'en-US' },
    },
    present: [],
  };
}
