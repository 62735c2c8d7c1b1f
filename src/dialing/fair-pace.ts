import { reserve as reserveSlots } from '../shared/gcra.ts';
import { NOBODY_WAITS, noteAsked, placeInLine, type WaitingLine } from './waiting-line.ts';

/** Work of one campaign that has slots, and how many of them its fair share has not covered yet. */
type Flow = {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly weight: number;
  readonly booked: number;
};

/** Plain data, so that it can be kept. `tat` is the time of the next slot, epoch ms. */
export type FairPaceState = {
  readonly tat: number;
  readonly drainedAt: number;
  readonly flows: readonly Flow[];
  readonly line: WaitingLine;
};

export const IDLE_PACE: FairPaceState = { tat: 0, drainedAt: 0, flows: [], line: NOBODY_WAITS };

export type SlotRequest = {
  readonly tenantId: string;
  readonly campaignId: string;
  /** The tenant's share beside the others; inside a tenant campaigns are equal. */
  readonly weight: number;
  readonly n: number;
  readonly now: number;
  readonly callsPerSecond: number;
};

/** A delay for each of the first calls; the others ask again after `askAgainMs`. */
export type Slots = { readonly delaysMs: readonly number[]; readonly askAgainMs: number };

/** All that work together have about so many seconds' slots booked. */
const AHEAD_SECONDS = 2;
/** Never more than this, however many campaigns there are with a slot each. */
const MOST_AHEAD_SECONDS = 4;
/** Slots that nobody took because he who had work was late may be used so much later. */
const CATCH_UP_SECONDS = 0.25;
/** Who had to be refused asks again when this part of his own slots is free. */
const WORTH_ASKING = 0.25;
const ASK_AGAIN_MS = { least: 50, most: 1000 };
const NOTHING = 1e-9;

/**
 * Generalized processor sharing (Demers, Keshav and Shenker 1989) as a limit on bookings. Slots are
 * handed out one after another at the account's pace; in virtual time they are worked off by all
 * that have some, tenants by weight and a tenant's campaigns alike. Each may have two seconds of its
 * own share booked, so who asks more often, or from more places at once, gets no more than that;
 * and whoever has no slots left slows nobody down.
 */
export function bookSlots(
  state: FairPaceState,
  request: SlotRequest,
): { readonly state: FairPaceState; readonly slots: Slots } {
  const { now, callsPerSecond } = request;
  const passed = (Math.max(0, now - state.drainedAt) * callsPerSecond) / 1000;
  const flows = workOff(state.flows, passed);
  const isOwn = (flow: Flow) =>
    flow.tenantId === request.tenantId && flow.campaignId === request.campaignId;
  const own = flows.find(isOwn) ?? { ...request, booked: 0 };
  const others = flows.filter((flow) => !isOwn(flow));

  const perSecond = callsPerSecond * shareOf(own, others);
  const most = Math.max(1, AHEAD_SECONDS * perSecond);
  const aheadSeconds = Math.max(0, state.tat - now) / 1000;
  const free = Math.max(1, MOST_AHEAD_SECONDS * callsPerSecond) - aheadSeconds * callsPerSecond;
  const room = Math.min(most - own.booked, free - placeInLine(state.line, request, now));
  const n = Math.max(0, Math.min(request.n, Math.floor(room + NOTHING)));

  const paced = reserveSlots(
    { tat: state.tat },
    {
      now,
      n,
      intervalMs: 1000 / callsPerSecond,
      burst: 1 + callsPerSecond * CATCH_UP_SECONDS,
    },
  );
  const { tenantId, campaignId, weight } = request;
  const booked = own.booked + n;
  const missing = Math.max(1, most * WORTH_ASKING) - (room - n);
  return {
    state: {
      tat: paced.state.tat,
      drainedAt: Math.max(now, state.drainedAt),
      flows: booked > 0 ? [...others, { tenantId, campaignId, weight, booked }] : others,
      line: request.n === 0 ? state.line : noteAsked(state.line, request, n > 0, now),
    },
    slots: {
      delaysMs: paced.delaysMs,
      askAgainMs: clamp((missing / perSecond) * 1000, ASK_AGAIN_MS),
    },
  };
}

/** The part of the account's pace that is this campaign's while the others have slots too. */
function shareOf(own: Flow, others: readonly Flow[]): number {
  const siblings = others.filter((flow) => flow.tenantId === own.tenantId).length;
  const tenants = new Map([...others, own].map((flow) => [flow.tenantId, flow.weight]));
  return own.weight / sum([...tenants.values()]) / (1 + siblings);
}

function workOff(flows: readonly Flow[], slots: number): Flow[] {
  const tenants = [...Map.groupBy(flows, (flow) => flow.tenantId).values()];
  const parts = divide(
    slots,
    tenants.map((own) => ({
      weight: own[0]?.weight ?? 1,
      size: sum(own.map((flow) => flow.booked)),
    })),
  );
  return tenants.flatMap((own, i) => {
    const sizes = own.map((flow) => ({ weight: 1, size: flow.booked }));
    const done = divide(parts[i] ?? 0, sizes);
    return own
      .map((flow, k) => ({ ...flow, booked: flow.booked - (done[k] ?? 0) }))
      .filter((flow) => flow.booked > NOTHING);
  });
}

/** Fills all by weight; what one cannot take any more goes to those that can. */
function divide(
  amount: number,
  takers: readonly { readonly weight: number; readonly size: number }[],
): number[] {
  const open = takers.map((taker, i) => ({ ...taker, i })).filter(({ size }) => size > 0);
  open.sort((a, b) => a.size / a.weight - b.size / b.weight);
  const taken = takers.map(() => 0);
  let left = amount;
  let weights = sum(open.map(({ weight }) => weight));
  for (const { i, weight, size } of open) {
    const part = Math.min(size, (left * weight) / weights);
    taken[i] = part;
    left -= part;
    weights -= weight;
  }
  return taken;
}

function clamp(value: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
