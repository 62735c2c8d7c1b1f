import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import {
  type FeedAck,
  type FeedEvent,
  type FeedFilter,
  type FeedFrame,
  filterOf,
  type NumberedEvent,
  passes,
  RENEW,
  TOO_SLOW,
} from './feed.ts';
import { FeedStore } from './feed-store.ts';

/** A viewer sees an event so late at most because of us. */
const FLUSH_WITHIN_MS = 250;
const FLUSH_AT = 100;
const KEPT_MS = 3_600_000;
/** A viewer comes again after this time: whoever may not look any more is out within a minute. */
const SOCKET_LIVES_MS = 45_000;
const LOOK_EVERY_MS = 10_000;
/** A viewer who has not taken so many events reads too slowly for us to keep them for him. */
const MOST_UNTAKEN = 20_000;

type Pending = {
  readonly events: FeedEvent[];
  readonly written: Promise<void>;
  readonly flush: () => void;
};
type Attached = { readonly openedAt: number; readonly filter: FeedFilter };

/**
 * One tenant's live feed, named `t:<tenant>`: numbers its events, keeps an hour of them, one row a
 * flush, and tells every viewer each of them once and in order. Sockets hibernate between events.
 */
export abstract class TenantFeedObject<Env> extends DurableObject<Env> {
  readonly #store = new FeedStore(this.ctx.storage.sql);
  readonly #untaken = new Map<WebSocket, { sent: number; taken: number }>();
  #pending: Pending | null = null;

  protected abstract clock(): Clock;

  /** Resolves when the events are kept; handed in again they are not told again. */
  async ingest(events: readonly FeedEvent[]): Promise<void> {
    this.#pending ??= this.#newPending();
    const pending = this.#pending;
    pending.events.push(...events);
    if (pending.events.length >= FLUSH_AT) pending.flush();
    await pending.written;
  }

  /** A viewer's upgrade; `since` is the last number that he has. */
  override async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const { 0: theirs, 1: ours } = new WebSocketPair();
    const attached: Attached = { openedAt: this.clock().now(), filter: filterOf(query) };
    // Before there is a socket: what waits would reach him ahead of what he missed.
    this.#pending?.flush();
    this.ctx.acceptWebSocket(ours);
    ours.serializeAttachment(attached);
    const last = this.#store.last();
    this.#untaken.set(ours, { sent: last, taken: last });
    send(ours, { v: 1, type: 'hello', seq: last });
    const since = query.get('since');
    if (since !== null) this.#catchUp(ours, attached.filter, Number(since));
    await this.#lookWithin(LOOK_EVERY_MS);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const ack = ackOf(message);
    const untaken = this.#untaken.get(socket);
    if (ack !== null && untaken !== undefined) untaken.taken = Math.max(untaken.taken, ack.seq);
  }

  override webSocketClose(socket: WebSocket): void {
    this.#untaken.delete(socket);
  }

  override async alarm(): Promise<void> {
    const now = this.clock().now();
    this.#store.forget(now - KEPT_MS);
    const sockets = this.ctx.getWebSockets();
    for (const socket of sockets) {
      const { openedAt } = socket.deserializeAttachment() as Attached;
      if (now - openedAt >= SOCKET_LIVES_MS) this.#close(socket, RENEW, 'come again with since');
    }
    if (sockets.length > 0) await this.#lookWithin(LOOK_EVERY_MS);
    else if (this.#store.last() > 0) await this.#lookWithin(KEPT_MS);
  }

  #newPending(): Pending {
    const events: FeedEvent[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const flush = () => {
      if (this.#pending?.events !== events) return;
      this.#pending = null;
      try {
        this.#tell(this.#store.add(events, this.clock().now()));
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    void this.clock().sleep(FLUSH_WITHIN_MS).then(flush);
    return { events, written: promise, flush };
  }

  #tell(events: readonly NumberedEvent[]): void {
    const seq = events.at(-1)?.seq;
    if (seq === undefined) return;
    for (const socket of this.ctx.getWebSockets()) {
      const { filter } = socket.deserializeAttachment() as Attached;
      this.#send(socket, filter, events, seq);
    }
    this.ctx.waitUntil(this.#lookWithin(KEPT_MS));
  }

  #catchUp(socket: WebSocket, filter: FeedFilter, since: number): void {
    const last = this.#store.last();
    // A number from nowhere, or from before what is kept: the viewer has to look again himself.
    if (!Number.isInteger(since) || since > last || since < this.#store.first() - 1) {
      send(socket, { v: 1, type: 'gap', seq: last });
      return;
    }
    for (const events of this.#store.after(since)) {
      const seq = events.at(-1)?.seq;
      if (seq !== undefined) this.#send(socket, filter, events, seq);
    }
  }

  /** `seq` goes out even when the filter leaves nothing: it is what the viewer comes back with. */
  #send(
    socket: WebSocket,
    filter: FeedFilter,
    events: readonly NumberedEvent[],
    seq: number,
  ): void {
    const untaken = this.#untaken.get(socket) ?? { sent: seq, taken: seq };
    this.#untaken.set(socket, untaken);
    untaken.sent = seq;
    if (seq - untaken.taken > MOST_UNTAKEN) {
      this.#close(socket, TOO_SLOW, 'read faster, and come again with since');
      return;
    }
    const own = events.filter((event) => passes(filter, event));
    send(socket, { v: 1, type: 'events', events: own, seq });
  }

  #close(socket: WebSocket, code: number, reason: string): void {
    this.#untaken.delete(socket);
    try {
      socket.close(code, reason);
    } catch {
      // It is gone already.
    }
  }

  async #lookWithin(ms: number): Promise<void> {
    const due = this.clock().now() + ms;
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > due) await this.ctx.storage.setAlarm(due);
  }
}

function send(socket: WebSocket, frame: FeedFrame): void {
  try {
    socket.send(JSON.stringify(frame));
  } catch {
    // A viewer who is gone comes again with `since`.
  }
}

function ackOf(message: string | ArrayBuffer): FeedAck | null {
  if (typeof message !== 'string' || message.length > 200) return null;
  try {
    const { type, seq } = JSON.parse(message) as Record<string, unknown>;
    return type === 'ack' && typeof seq === 'number' ? { type, seq } : null;
  } catch {
    return null;
  }
}
