import {
  type Agent,
  agentFrame,
  type DeskState,
  type Order,
  type Taker,
  type Transfer,
  withdrawn,
} from './desk-state.ts';
import type { Presence, Withdrawal } from './protocol.ts';

/** The desk in the middle of one step: what has changed so far, and what is to be done about it. */
export class DeskDraft {
  readonly #before: DeskState;
  readonly #agents: Map<string, Agent>;
  readonly #transfers: Map<string, Transfer>;
  readonly #touched = new Set<string>();
  readonly #orders: Order[] = [];
  readonly now: number;

  constructor(state: DeskState, now: number) {
    this.#before = state;
    this.#agents = new Map(Object.entries(state.agents));
    this.#transfers = new Map(Object.entries(state.transfers));
    this.now = now;
  }

  get settings() {
    return this.#before.settings;
  }

  agents(): Agent[] {
    return [...this.#agents.values()];
  }

  agent(id: string): Agent | undefined {
    return this.#agents.get(id);
  }

  /** Longest waiting first. */
  transfers(): Transfer[] {
    return [...this.#transfers.values()].sort((a, b) => a.report.since - b.report.since);
  }

  transfer(callId: string): Transfer | undefined {
    return this.#transfers.get(callId);
  }

  putAgent(agent: Agent): void {
    this.#agents.set(agent.id, agent);
    this.#touched.add(agent.id);
  }

  forgetAgent(id: string): void {
    this.#agents.delete(id);
  }

  /** A page shows the talk, so whoever has to do with it is told. */
  putTransfer(transfer: Transfer): void {
    const { callId } = transfer;
    for (const one of [this.#transfers.get(callId), transfer]) this.#touch(one);
    this.#transfers.set(callId, transfer);
  }

  dropTransfer(callId: string): void {
    this.#touch(this.#transfers.get(callId));
    this.#transfers.delete(callId);
  }

  order(order: Order): void {
    this.#orders.push(order);
  }

  setPresence(id: string, presence: Presence, more: Partial<Agent> = {}): void {
    const agent = this.#agents.get(id);
    if (agent === undefined) return;
    const since = agent.presence === presence ? agent.since : this.now;
    this.putAgent({ ...agent, presence, since, wrapUpUntil: null, ...more });
  }

  /** His talk is over; who was never in it has nothing to wrap up. */
  release({ agentId, isIn }: Taker): void {
    const agent = this.#agents.get(agentId);
    if (agent?.presence !== 'busy') return;
    const { wrapUpSeconds } = this.settings;
    const wrapUpUntil = this.now + wrapUpSeconds * 1000;
    if (isIn && wrapUpSeconds > 0) this.setPresence(agentId, 'wrap_up', { wrapUpUntil });
    else this.setPresence(agentId, 'available', { callId: null });
  }

  /** Takes the open offers of a transfer back from those that `which` names. */
  withdraw(
    transfer: Transfer,
    reason: Withdrawal,
    which: (agentId: string) => boolean = () => true,
  ): Transfer {
    const gone = transfer.offers.filter(({ agentId }) => which(agentId));
    for (const offer of gone) this.order(withdrawn(offer, reason));
    return { ...transfer, offers: transfer.offers.filter((offer) => !gone.includes(offer)) };
  }

  end(): { readonly state: DeskState; readonly orders: readonly Order[] } {
    const state: DeskState = {
      agents: Object.fromEntries(this.#agents),
      transfers: Object.fromEntries(this.#transfers),
      settings: this.#before.settings,
    };
    const frames = [...this.#touched].flatMap((id) => agentFrame(state, id));
    return { state, orders: [...this.#orders, ...frames] };
  }

  #touch(transfer: Transfer | undefined): void {
    for (const own of [transfer?.taker, transfer?.handedBy]) {
      if (own !== null && own !== undefined) this.#touched.add(own.agentId);
    }
  }
}
