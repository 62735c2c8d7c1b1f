import {
  type AgentFrame,
  type AgentView,
  DESK_VERSION,
  type DeskFrame,
  type OfferView,
  RENEW,
  type TalkView,
} from './protocol.ts';
import type { Softphone } from './softphone.ts';

/** What of a browser's or Node's WebSocket is used. */
export type DeskSocket = Pick<WebSocket, 'send' | 'close'> & {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
};

/** All that an agent's page shows of the desk. */
export type DeskClientState = {
  readonly connection: 'connecting' | 'open' | 'waiting';
  readonly agent: AgentView | null;
  readonly offers: readonly OfferView[];
  readonly talk: TalkView | null;
};
export const NO_DESK: DeskClientState = {
  connection: 'connecting',
  agent: null,
  offers: [],
  talk: null,
};

export type DeskClientOptions = {
  readonly open: () => DeskSocket;
  readonly softphone: Softphone;
  readonly onChange: (state: DeskClientState) => void;
  readonly wait: (ms: number, then: () => void) => void;
  readonly random: () => number;
};

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;

/** What a page knows after a frame of the desk. Pure. */
export function afterFrame(state: DeskClientState, frame: DeskFrame): DeskClientState {
  switch (frame.type) {
    case 'hello': {
      const { agent, offers, talk } = frame;
      return { connection: 'open', agent, offers, talk };
    }
    case 'agent':
      return { ...state, agent: frame.agent, talk: frame.talk };
    case 'offer': {
      const others = state.offers.filter(({ id }) => id !== frame.offer.id);
      return { ...state, offers: [...others, frame.offer] };
    }
    case 'withdrawn':
      return { ...state, offers: state.offers.filter(({ id }) => id !== frame.offerId) };
    case 'connect':
      return { ...state, offers: state.offers.filter(({ callId }) => callId !== frame.callId) };
  }
}

/** An agent's place at the desk, through every loss of its connection, and his line to the caller. */
export class DeskClient {
  readonly #options: DeskClientOptions;
  #state = NO_DESK;
  #socket: DeskSocket | null = null;
  #failures = 0;
  #isClosed = false;
  #connecting: string | null = null;

  constructor(options: DeskClientOptions) {
    this.#options = options;
    options.softphone.onEnd(() => this.#lineEnded());
    this.#connect();
  }

  get state(): DeskClientState {
    return this.#state;
  }

  set(presence: 'available' | 'away'): void {
    this.#say({ type: 'set', presence });
  }

  accept(offerId: string): void {
    this.#say({ type: 'accept', offerId });
  }

  decline(offerId: string): void {
    this.#say({ type: 'decline', offerId });
  }

  wrapped(): void {
    this.#say({ type: 'wrapped' });
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  #connect(): void {
    if (this.#isClosed) return;
    const socket = this.#options.open();
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(String(data)) as DeskFrame);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket !== this.#socket || this.#isClosed) return;
      this.#socket = null;
      if (code !== RENEW) this.#become({ ...this.#state, connection: 'waiting' });
      // Full jitter, but not when the desk itself asks to come again.
      const most = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
      this.#failures += 1;
      const ms = code === RENEW ? 0 : this.#options.random() * most;
      this.#options.wait(ms, () => this.#connect());
    });
  }

  #take(frame: DeskFrame): void {
    // A newer desk is a newer page's business: it reloads.
    if (frame.v !== DESK_VERSION) return;
    if (frame.type === 'hello') this.#failures = 0;
    this.#become(afterFrame(this.#state, frame));
    if (frame.type === 'connect') void this.#enter(frame.callId, frame.ticket);
  }

  async #enter(callId: string, ticket: string): Promise<void> {
    this.#connecting = callId;
    try {
      await this.#options.softphone.connect(ticket);
    } catch {
      this.#lineEnded();
    }
  }

  /** The desk decides what it means: before he was in the room, somebody else is asked. */
  #lineEnded(): void {
    const callId = this.#connecting;
    this.#connecting = null;
    if (callId !== null) this.#say({ type: 'dropped', callId });
  }

  #become(state: DeskClientState): void {
    this.#state = state;
    this.#options.onChange(state);
  }

  #say(frame: AgentFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }
}
