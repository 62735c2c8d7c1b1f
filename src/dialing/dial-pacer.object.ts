import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { askAgainAfter, type CampaignPaces, noteOwnDelays, ownDelays } from './campaign-pace.ts';
import { bookSlots, type FairPaceState, IDLE_PACE } from './fair-pace.ts';
import { PlaceLeases } from './place-leases.ts';
import { brakeOn, NO_BRAKE, paceFactor, type QueueBrake } from './queue-brake.ts';
import { RequestCap } from './request-cap.ts';
import { StartGuard } from './start-guard.ts';

export type PaceRequest = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly callIds: readonly string[];
  readonly callsPerSecond: number;
  readonly maxConcurrentCalls: number;
  /** Places of `maxConcurrentCalls` that only inbound calls may take. */
  readonly inboundReserve: number;
  /** How long a call may hold its place when nobody releases it. */
  readonly leaseMs: number;
  /** What the campaign may do at most; null where the account's limits are all there is. */
  readonly own: {
    readonly callsPerSecond: number | null;
    readonly maxConcurrentCalls: number | null;
  };
  /** The tenant's share of the pace beside the other tenants of the account; default 1. */
  readonly weight?: number;
};

/** Milliseconds to wait for each of the first calls, in their order. */
export type PaceAnswer = {
  readonly delaysMs: readonly number[];
  /** The others have no slot yet: they may ask again after so long. */
  readonly askAgainMs: number;
  /** The next of them found no free place: that may take as long as calls do. */
  readonly isFull: boolean;
  /** Set: the campaign's own pace is used up for now, and it may ask again after so long. */
  readonly ownPaceMs: number | null;
};

export type StartRequest = {
  readonly callId: string;
  readonly callsPerSecond: number;
  /** From now until the call's slot; negative when it has passed. */
  readonly inMs: number;
};

/** What came of a request that was allowed to start. */
export type RequestEnd = {
  readonly callId: string;
  /** 429: never processed, so no call started. */
  readonly isRefused: boolean;
  /** How long the carrier says that the call waits in its own queue. */
  readonly queueTimeMs: number;
};

/** After this much idleness no start can lie in the second before. */
const BUSY_WITHIN_MS = 5000;
/** A start so late says that all booked slots are; they are used up after about so long. */
const LATE_MS = 300;
const LATE_SETTLES_MS = 3000;

/**
 * One carrier account's pace, named by account SID because Twilio's limits are the account's. Slots
 * and places are in storage: a restart must not give them twice. Answers delays, not clock times,
 * so the caller's clock does not matter.
 */
export abstract class DialPacerObject<Env> extends DurableObject<Env> {
  readonly #kv = this.ctx.storage.kv;
  readonly #places = new PlaceLeases(this.ctx.storage.sql);
  readonly #requests = new RequestCap();
  #guard: StartGuard | null = null;
  #movedAt = Number.NEGATIVE_INFINITY;

  protected abstract clock(): Clock;

  async reserve(request: PaceRequest): Promise<PaceAnswer> {
    const now = this.clock().now();
    const { tenantId, campaignId, callIds, weight = 1 } = request;
    const most = request.maxConcurrentCalls - request.inboundReserve;
    const { callsPerSecond: pace, maxConcurrentCalls: atOnce } = request.own;
    const ownLimit = atOnce === null ? null : { campaignId, most: atOnce };
    const ownPace = pace === null ? null : { campaignId, callsPerSecond: pace };
    const placed = this.#places.count(callIds, most, now, ownLimit);
    const paces = this.#campaignPaces();
    const own = ownPace === null ? null : ownDelays(paces, ownPace, placed, now);
    const { state, slots } = bookSlots(this.#pace(), {
      tenantId,
      campaignId,
      weight,
      n: own?.length ?? placed,
      now,
      callsPerSecond: request.callsPerSecond * paceFactor(this.#brake(), now),
    });
    this.#kv.put('pace', state);
    const n = slots.delaysMs.length;
    this.#places.take(callIds.slice(0, n), request, now, ownLimit);
    const isFull = n === placed && placed < callIds.length;
    if (ownPace === null || own === null) return { ...slots, isFull, ownPaceMs: null };
    const delaysMs = slots.delaysMs.map((delayMs, i) => Math.max(delayMs, own[i] ?? 0));
    const next = noteOwnDelays(paces, ownPace, delaysMs, now);
    this.#kv.put('campaignPaces', next);
    const isPaced = n === own.length && n < placed;
    const ownPaceMs = isPaced ? askAgainAfter(next, campaignId, now) : null;
    return { ...slots, delaysMs, isFull, ownPaceMs };
  }

  /** An inbound call is there already: it takes a place, or is told that there is none. */
  async placeInbound(
    request: Pick<PaceRequest, 'tenantId' | 'maxConcurrentCalls' | 'leaseMs'> & {
      readonly callId: string;
    },
  ): Promise<boolean> {
    const now = this.clock().now();
    const callIds = [request.callId];
    if (this.#places.count(callIds, request.maxConcurrentCalls, now, null) === 0) return false;
    this.#places.take(callIds, request, now, null);
    return true;
  }

  /**
   * Asked shortly before a call starts; answers how long it must still wait, null to ask again later
   * because too many requests are under way. The limit holds for what really starts, however late a
   * reserved slot was used.
   */
  async start({ callId, callsPerSecond, inMs }: StartRequest): Promise<number | null> {
    const now = this.clock().now();
    if (!this.#requests.isFree(now, callsPerSecond)) return null;
    this.#guard ??= this.#newGuard(now, callsPerSecond);
    const at = this.#guard.grant(Math.max(now, now + inMs), callsPerSecond);
    this.#requests.begin(callId, at);
    this.#moveSlots(at - (now + inMs), now);
    return at - now;
  }

  /** The answer of a started request is there, whatever it is. */
  async finish(end: RequestEnd, callsPerSecond: number): Promise<void> {
    const now = this.clock().now();
    const startedAt = this.#requests.end(end.callId, now, end.isRefused);
    if (end.isRefused && startedAt !== undefined) this.#guard?.giveBack(startedAt);
    const brake = this.#brake();
    const next = brakeOn(brake, end.queueTimeMs, now, callsPerSecond);
    if (next !== brake) this.#kv.put('brake', next);
  }

  /** The calls are over, or never came to be; repeating it changes nothing. */
  async release(callIds: readonly string[]): Promise<void> {
    this.#places.release(callIds);
  }

  /** Calls that hold a place now. */
  async inFlight(): Promise<number> {
    return this.#places.taken(this.clock().now());
  }

  /** Time that was lost is lost: who books now is told to come as much later, and not let wait. */
  #moveSlots(lateMs: number, now: number): void {
    if (lateMs < LATE_MS || now < this.#movedAt + LATE_SETTLES_MS) return;
    const pace = this.#pace();
    this.#kv.put('pace', { ...pace, tat: Math.max(pace.tat, now) + lateMs });
    this.#movedAt = now;
  }

  #pace(): FairPaceState {
    return this.#kv.get<FairPaceState>('pace') ?? IDLE_PACE;
  }

  #campaignPaces(): CampaignPaces {
    return this.#kv.get<CampaignPaces>('campaignPaces') ?? {};
  }

  #brake(): QueueBrake {
    return this.#kv.get<QueueBrake>('brake') ?? NO_BRAKE;
  }

  /** What was granted before a restart is forgotten, so it is taken for as much as allowed. */
  #newGuard(now: number, callsPerSecond: number): StartGuard {
    const guard = new StartGuard();
    if (this.#pace().tat > now - BUSY_WITHIN_MS) guard.assumeBusy(now, callsPerSecond);
    return guard;
  }
}
