import { DurableObject } from 'cloudflare:workers';
import type { Clock } from '../shared/clock.ts';
import { bookOwnPace, type CampaignPaces, notePaced } from './campaign-pace.ts';
import { bookSlots, type FairPaceState, IDLE_PACE } from './fair-pace.ts';
import { PlaceLeases, type PlaceLimits } from './place-leases.ts';
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
  /** The campaign's own limits beside the account's. */
  readonly own?: OwnLimits;
  /** The tenant's share of the pace beside the other tenants of the account; default 1. */
  readonly weight?: number;
};

export type OwnLimits = {
  readonly callsPerSecond: number | null;
  readonly maxConcurrentCalls: number | null;
};

/** Milliseconds to wait for each of the first calls, in their order. */
export type PaceAnswer = {
  readonly delaysMs: readonly number[];
  /** The others have no slot yet: they may ask again after so long. */
  readonly askAgainMs: number;
  /** The next of them found no free place: that may take as long as calls do. */
  readonly isFull: boolean;
  /** Set: the campaign's own pace is used up, and lets the next of them go after so long. */
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
    const placed = this.#places.count(callIds, this.#limits(most, request), now);
    const paced = this.#bookOwn(request, placed, now);
    const { state, slots } = bookSlots(this.#pace(), {
      tenantId,
      campaignId,
      weight,
      n: paced?.n ?? placed,
      now,
      callsPerSecond: request.callsPerSecond * paceFactor(this.#brake(), now),
    });
    this.#kv.put('pace', state);
    const n = slots.delaysMs.length;
    this.#places.take(callIds.slice(0, n), request, now);
    if (paced !== null) this.#noteOwn(request, n, now);
    return {
      delaysMs: slots.delaysMs,
      askAgainMs: slots.askAgainMs,
      isFull: n === placed && placed < callIds.length,
      ownPaceMs: n === paced?.n && n < placed ? paced.nextInMs : null,
    };
  }

  #limits(most: number, { campaignId, own }: PaceRequest): PlaceLimits {
    return { most, campaignId, mostOfCampaign: own?.maxConcurrentCalls ?? null };
  }

  #bookOwn({ campaignId, own }: PaceRequest, n: number, now: number) {
    const callsPerSecond = own?.callsPerSecond ?? null;
    if (callsPerSecond === null) return null;
    return bookOwnPace(this.#ownPaces(), { campaignId, callsPerSecond, n, now });
  }

  #noteOwn({ campaignId, own }: PaceRequest, n: number, now: number): void {
    const booked = { campaignId, callsPerSecond: own?.callsPerSecond ?? 1, n, now };
    this.#kv.put('own', notePaced(this.#ownPaces(), booked));
  }

  #ownPaces(): CampaignPaces {
    return this.#kv.get<CampaignPaces>('own') ?? {};
  }

  /** An inbound call is there already: it takes a place, or is told that there is none. */
  async placeInbound(
    request: Pick<PaceRequest, 'tenantId' | 'maxConcurrentCalls' | 'leaseMs'> & {
      readonly callId: string;
    },
  ): Promise<boolean> {
    const now = this.clock().now();
    const callIds = [request.callId];
    const limits = { most: request.maxConcurrentCalls, campaignId: null, mostOfCampaign: null };
    if (this.#places.count(callIds, limits, now) === 0) return false;
    this.#places.take(callIds, { ...request, campaignId: null }, now);
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
