import { DurableObject } from 'cloudflare:workers';
import type { LeaveEvent, RoomReport } from '../calls/agent-room.ts';
import type { ResumeJob } from '../calls/redirect-call.ts';
import type { SessionReply, SignedAsking } from '../calls/session-types.ts';
import { toBase64Url } from '../shared/bytes.ts';
import type { Clock, RandomBytes } from '../shared/clock.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallbackUrls } from '../telephony/callback-url.ts';
import { single, verifySignature } from '../telephony/signature.ts';
import { entranceDocument, waitDocument } from './agent-twiml.ts';
import { type DeskEvent, deskStep } from './desk.ts';
import {
  agentView,
  DESK_SETTINGS,
  type DeskSettings,
  type DeskState,
  type Listener,
  type Order,
  type Transfer,
  talkOf,
} from './desk-state.ts';
import { DeskStore, type Errand } from './desk-store.ts';
import { type DeskView, deskView, offersOf, placeInLine } from './desk-view.ts';
import { type AgentView, agentFrameOf, type DeskFrame, RENEW } from './protocol.ts';
import { redeem } from './redeem.ts';
import { dueAt } from './settle.ts';

/** A page comes again after this time, so that whoever may not work any more is out within a minute. */
const SOCKET_LIVES_MS = 45_000;
const ERRAND_AGAIN_MS = 2000;
const FRAME_MOST_CHARS = 500;
const LISTEN_WITHIN_MS = 60_000;
const MOST_LISTENERS = 5;

export type HandOn = {
  readonly agentId: string;
  readonly callId: string;
  /** Only this agent is asked; null: whoever is free. */
  readonly wanted: string | null;
  /** Label of a number that is called into the room. */
  readonly outside: string | null;
};
/** SIDs of a talk at the carrier. */
export type TalkRoom = {
  readonly conferenceSid: string;
  readonly callerSid: string;
  readonly agentSid: string;
  readonly ownNumber: string;
  readonly isHeld: boolean;
};

export type AgentDeskDeps = {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sealer: Sealer;
  readonly urls: CallbackUrls;
  readonly session: (
    tenantId: string,
    callId: string,
  ) => {
    leaveRoom(n: number, leaving: { event: LeaveEvent; reason: string }): Promise<void>;
  };
  readonly resume: { send(job: ResumeJob): Promise<unknown> };
};
type Attached = { readonly agentId: string; readonly openedAt: number };

/**
 * A tenant's agents and the callers who wait for them, named `t:<tenant>` because who is offered
 * what is one decision. Pages are hibernating sockets; what becomes of a step is in `deskStep`.
 */
export abstract class AgentDeskObject<Env> extends DurableObject<Env> {
  readonly #store = new DeskStore(this.ctx.storage.sql);

  protected abstract deps(): AgentDeskDeps;

  /** A session tells of its room. */
  async room(tenantId: string, report: RoomReport): Promise<void> {
    this.#knowTenant(tenantId);
    await this.#take({ type: 'room', report });
  }

  /** An agent's page connects; who he is was checked before. */
  override async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const [agentId, name] = [query.get('agent') ?? '', query.get('name') ?? ''];
    this.#knowTenant(query.get('tenant') ?? '');
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours, [agentId]);
    const attached: Attached = { agentId, openedAt: this.deps().clock.now() };
    ours.serializeAttachment(attached);
    await this.#take({ type: 'arrived', agentId, name });
    this.#greet(ours, agentId);
    await this.#wakeAt(attached.openedAt + SOCKET_LIVES_MS);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (typeof message !== 'string' || message.length > FRAME_MOST_CHARS) return;
    const frame = agentFrameOf(message);
    if (frame === null) return;
    const { agentId } = socket.deserializeAttachment() as Attached;
    await this.#take({ type: 'said', agentId, frame });
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    const { agentId } = socket.deserializeAttachment() as Attached;
    const others = this.ctx.getWebSockets(agentId).filter((one) => one !== socket);
    if (others.length === 0) await this.#take({ type: 'lost', agentId });
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.webSocketClose(socket);
  }

  /** For a client without a socket. False when there is no such agent. */
  async setPresence(
    tenantId: string,
    agent: { readonly id: string; readonly name: string },
    presence: 'available' | 'away',
  ): Promise<AgentView | null> {
    this.#knowTenant(tenantId);
    if (this.#store.state().agents[agent.id] === undefined) return null;
    await this.#take({ type: 'said', agentId: agent.id, frame: { type: 'set', presence } });
    const after = this.#store.state().agents[agent.id];
    return after === undefined ? null : agentView(after);
  }

  async view(): Promise<DeskView> {
    return deskView(this.#store.opened());
  }

  async changeSettings(tenantId: string, settings: DeskSettings): Promise<void> {
    this.#knowTenant(tenantId);
    this.#store.commit({ ...this.#store.state(), settings }, []);
    await this.#take({ type: 'tick' });
  }

  async settings(): Promise<DeskSettings> {
    return this.#store.opened()?.settings ?? DESK_SETTINGS;
  }

  /** Whether he talks in this call, or wraps it up. */
  async hadTalk(agentId: string, callId: string): Promise<boolean> {
    return this.#store.opened()?.agents[agentId]?.callId === callId;
  }

  async wrapped(agentId: string): Promise<void> {
    await this.#take({ type: 'said', agentId, frame: { type: 'wrapped' } });
  }

  /** The room that this agent talks in, for whoever steers it; null when he does not. */
  async talk(agentId: string, callId: string): Promise<TalkRoom | null> {
    const transfer = this.#store.opened()?.transfers[callId];
    if (transfer?.taker?.agentId !== agentId || !transfer.taker.isIn) return null;
    const { conferenceSid, callerSid, ownNumber } = transfer.report;
    const { sid: agentSid } = transfer.taker;
    if (conferenceSid === null || callerSid === null || agentSid === null) return null;
    return { conferenceSid, callerSid, agentSid, ownNumber, isHeld: transfer.isHeld };
  }

  async noteHeld(callId: string, isHeld: boolean): Promise<void> {
    await this.#take({ type: 'held', callId, isHeld });
  }

  /** False when there is nobody who could take the caller. */
  async handOn(input: HandOn): Promise<boolean> {
    await this.#take({ type: 'handed_on', ...input });
    return this.#store.state().transfers[input.callId]?.handedBy?.agentId === input.agentId;
  }

  /** A ticket to hear a talk, or to speak to its agent alone; null when nobody talks there. */
  async listenTo(userId: string, callId: string, mode: Listener['mode']): Promise<string | null> {
    const state = this.#store.opened();
    const transfer = state?.transfers[callId];
    if (state == null || transfer?.taker?.isIn !== true) return null;
    const { clock } = this.deps();
    const ticket = this.#newId();
    const expiresAt = clock.now() + LISTEN_WITHIN_MS;
    const listener: Listener = { ticket, userId, mode, expiresAt, sid: null };
    const listeners = [...transfer.listeners, listener].slice(-MOST_LISTENERS);
    const transfers = { ...state.transfers, [callId]: { ...transfer, listeners } };
    this.#store.commit({ ...state, transfers }, []);
    return this.#ticket(ticket);
  }

  /** Music and place of who waits. The account's token verifies the asking, as everywhere. */
  async wait(callId: string, asked: SignedAsking): Promise<SessionReply> {
    const transfer = this.#store.opened()?.transfers[callId];
    if (transfer === undefined) return { type: 'unknown_call' };
    if (!(await this.#isCarriers(transfer, asked))) return { type: 'forbidden' };
    const { urls } = this.deps();
    const place = placeInLine(this.#store.state(), callId);
    const musicUrl = urls.holdMusic();
    const againUrl = asked.url;
    const xml = waitDocument({ musicUrl, againUrl, voice: transfer.report, place });
    return { type: 'answered', xml };
  }

  /** A page calls with its ticket: the one who was promised the caller is let in. */
  async enter(ticket: string, asked: SignedAsking): Promise<SessionReply> {
    const state = this.#store.opened();
    const sid = single(asked.params.CallSid);
    const entered = state === null ? null : redeem(state, ticket, sid, this.deps().clock.now());
    if (entered === null) return { type: 'unknown_call' };
    const { redeemed } = entered;
    if (!(await this.#isCarriers(redeemed.transfer, asked))) return { type: 'forbidden' };
    // Opening the token let others in meanwhile.
    const again = redeem(this.#store.state(), ticket, sid, this.deps().clock.now());
    if (again === null) return { type: 'unknown_call' };
    this.#store.commit(again.state, []);
    return { type: 'answered', xml: entranceDocument(again.redeemed) };
  }

  override async alarm(): Promise<void> {
    if (this.#store.opened() === null) return;
    this.#renewSockets();
    await this.#take({ type: 'tick' });
    await this.#runErrands();
    await this.#plan();
  }

  async #take(event: DeskEvent): Promise<void> {
    const { clock } = this.deps();
    const newId = () => this.#newId();
    const before = this.#store.state();
    const { state, orders } = deskStep(before, event, clock.now(), newId);
    const errands = orders.flatMap((order) => errandOf(order, state));
    this.#store.commit(state, errands);
    for (const order of orders) {
      if (order.type === 'frame') this.#send(order.agentId, this.#addressed(order.frame));
    }
    await (errands.length > 0 ? this.#wakeAt(clock.now()) : this.#plan());
  }

  async #runErrands(): Promise<void> {
    const tenantId = this.#tenantId();
    const { session, resume, clock } = this.deps();
    for (const { n, errand } of this.#store.errands()) {
      const { report, callId } = errand.transfer;
      try {
        if (errand.type === 'leave') {
          const { event, reason } = errand;
          await session(tenantId, callId).leaveRoom(report.n, { event, reason });
        } else if (report.conferenceSid !== null && report.callerSid !== null) {
          const { conferenceSid, callerSid } = report;
          await resume.send({ tenantId, callId, conferenceSid, callerSid, host: errand.host });
        }
        this.#store.done(n);
      } catch {
        await this.#wakeAt(clock.now() + ERRAND_AGAIN_MS);
        return;
      }
    }
  }

  #greet(socket: WebSocket, agentId: string): void {
    const state = this.#store.state();
    const agent = state.agents[agentId];
    if (agent === undefined) return;
    const offers = offersOf(state, agentId);
    const talk = talkOf(state, agentId);
    send(socket, { v: 1, type: 'hello', agent: agentView(agent), offers, talk });
  }

  #send(agentId: string, frame: DeskFrame): void {
    for (const socket of this.ctx.getWebSockets(agentId)) send(socket, frame);
  }

  /** Whoever answers the carrier finds the desk by what is in front of the ticket. */
  #addressed(frame: DeskFrame): DeskFrame {
    return frame.type === 'connect' ? { ...frame, ticket: this.#ticket(frame.ticket) } : frame;
  }

  #ticket(secret: string): string {
    return `${this.#tenantId()}.${secret}`;
  }

  #renewSockets(): void {
    const now = this.deps().clock.now();
    for (const socket of this.ctx.getWebSockets()) {
      const { openedAt } = socket.deserializeAttachment() as Attached;
      if (now - openedAt >= SOCKET_LIVES_MS) socket.close(RENEW, 'come again');
    }
  }

  async #isCarriers({ report }: Transfer, asked: SignedAsking): Promise<boolean> {
    return verifySignature(asked, await this.deps().sealer.open(report.tokenSealed));
  }

  async #plan(): Promise<void> {
    const opened = this.ctx.getWebSockets().map((socket) => {
      const { openedAt } = socket.deserializeAttachment() as Attached;
      return openedAt + SOCKET_LIVES_MS;
    });
    const due = [...opened, dueAt(this.#store.state())].filter((at) => at !== null);
    if (due.length > 0) await this.#wakeAt(Math.min(...due));
  }

  async #wakeAt(at: number): Promise<void> {
    const planned = await this.ctx.storage.getAlarm();
    if (planned === null || planned > at) await this.ctx.storage.setAlarm(at);
  }

  /** 128 bits: nobody guesses a ticket. */
  #newId(): string {
    return toBase64Url(this.deps().random(new Uint8Array(16)));
  }

  /** An alarm does not know the name of its object. */
  #knowTenant(tenantId: string): void {
    this.#store.state();
    if (this.#store.setting('tenant') !== tenantId) this.#store.putSetting('tenant', tenantId);
  }

  #tenantId(): string {
    return this.#store.setting<string>('tenant') ?? '';
  }
}

function send(socket: WebSocket, frame: DeskFrame): void {
  try {
    socket.send(JSON.stringify(frame));
  } catch {
    // A page that is gone is greeted anew when it comes again.
  }
}

function errandOf(order: Order, { transfers }: DeskState): Errand[] {
  if (order.type === 'frame') return [];
  const transfer = transfers[order.callId];
  return transfer === undefined ? [] : [{ ...order, transfer }];
}
