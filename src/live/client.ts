import type { FeedFrame, NumberedEvent } from './feed.ts';

/** What of a browser's or Node's WebSocket is used. */
export type FeedSocket = Pick<WebSocket, 'send' | 'close'> & {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
};

export type FeedClientOptions = {
  /** Opens a socket that begins after `since`; null: only what is new. */
  readonly open: (since: number | null) => FeedSocket;
  /** Each event once and in order. */
  readonly onEvents: (events: readonly NumberedEvent[]) => void;
  /** Events are lost to this viewer: what is on the screen has to be read again. */
  readonly onGap: () => void;
  readonly onState?: (state: 'open' | 'waiting') => void;
  readonly wait: (ms: number, then: () => void) => void;
  readonly random: () => number;
};

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
/** The feed lets go of a viewer who does not say that he reads. */
const ACK_EVERY = 500;

/** Follows a tenant's feed through every loss of its connection. */
export class FeedClient {
  readonly #options: FeedClientOptions;
  #socket: FeedSocket | null = null;
  #seq: number | null = null;
  #acked = 0;
  #failures = 0;
  #isClosed = false;

  constructor(options: FeedClientOptions) {
    this.#options = options;
    this.#connect();
  }

  /** The last number that was taken; null before the first word of the feed. */
  get seq(): number | null {
    return this.#seq;
  }

  /** Opens a new connection at once: a browser that was asleep does not know that its own is dead. */
  restart(): void {
    const before = this.#socket;
    this.#socket = null;
    before?.close();
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.close();
  }

  #connect(): void {
    if (this.#isClosed) return;
    const socket = this.#options.open(this.#seq);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(String(data)) as FeedFrame, socket);
    });
    socket.addEventListener('close', () => {
      if (socket !== this.#socket || this.#isClosed) return;
      this.#socket = null;
      this.#options.onState?.('waiting');
      // Full jitter: a feed that comes back is not met by everybody at once.
      const most = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
      this.#failures += 1;
      this.#options.wait(this.#options.random() * most, () => this.#connect());
    });
  }

  #take(frame: FeedFrame, socket: FeedSocket): void {
    switch (frame.type) {
      case 'hello':
        this.#failures = 0;
        this.#options.onState?.('open');
        this.#seq ??= frame.seq;
        return;
      case 'gap':
        this.#seq = frame.seq;
        this.#options.onGap();
        return;
      case 'events': {
        const fresh = frame.events.filter(({ seq }) => seq > (this.#seq ?? 0));
        this.#seq = Math.max(this.#seq ?? 0, frame.seq);
        if (fresh.length > 0) this.#options.onEvents(fresh);
        if (this.#seq - this.#acked >= ACK_EVERY) {
          this.#acked = this.#seq;
          socket.send(JSON.stringify({ type: 'ack', seq: this.#seq }));
        }
        return;
      }
    }
  }
}
