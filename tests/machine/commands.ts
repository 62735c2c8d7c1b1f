import fc from 'fast-check';
import { setCampaignState } from '../../src/campaigns/set-state.ts';
import { suppressNumber } from '../../src/contacts/suppress-number.ts';
import { type CallStatus, isTerminal } from '../../src/telephony/status.ts';
import type { TenantContext } from '../../src/tenants/context.ts';
import { REPLIES } from './carrier.ts';
import type { World } from './world.ts';

/** One status callback that the carrier has sent and nobody has received yet. */
type Callback = { readonly sid: string; readonly status: CallStatus; readonly sequence: number };

export type Machine = {
  readonly world: World;
  readonly ctx: TenantContext;
  readonly campaignId: string;
  readonly callbacks: Callback[];
};

/** Something that may happen at any moment; `pick` chooses among what waits. */
export type Command =
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'claim' | 'ring' | 'pause' | 'resume' | 'outage' }
  | { readonly type: 'sweep'; readonly crash: number | null }
  | { readonly type: 'suppress'; readonly e164: string }
  | {
      readonly type: 'dial';
      readonly pick: number;
      readonly isTwice: boolean;
      readonly crash: number | null;
      readonly reply: (typeof REPLIES)[number];
    }
  | { readonly type: 'progress'; readonly pick: number; readonly answers: boolean }
  | {
      readonly type: 'callback' | 'report' | 'take_back';
      readonly pick: number;
      readonly fate: 'once' | 'twice' | 'lost';
      readonly crash: number | null;
    };

export function commandsOf(numbers: readonly string[]): fc.Arbitrary<readonly Command[]> {
  const pick = fc.nat({ max: 5 });
  const crash = fc.option(fc.nat({ max: 14 }), { freq: 2 });
  const fate = fc.constantFrom('once' as const, 'once' as const, 'twice' as const, 'lost' as const);
  const plain = (...types: readonly ('claim' | 'ring' | 'pause' | 'resume' | 'outage')[]) =>
    fc.constantFrom(...types).map((type) => ({ type }));
  const command: fc.Arbitrary<Command> = fc.oneof(
    { weight: 4, arbitrary: plain('claim', 'ring') },
    { weight: 1, arbitrary: plain('pause', 'resume', 'resume', 'outage') },
    {
      weight: 2,
      arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat({ max: 200_000 }) }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('sweep' as const), crash }) },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('dial' as const),
        ...{ pick, crash, isTwice: fc.boolean(), reply: fc.constantFrom(...REPLIES) },
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('progress' as const),
        ...{ pick, answers: fc.boolean() },
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constantFrom('callback' as const, 'report' as const, 'take_back' as const),
        ...{ pick, fate, crash },
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('suppress' as const),
        e164: fc.constantFrom(...numbers),
      }),
    },
  );
  return fc.array(command, { minLength: 5, maxLength: 60, size: 'max' });
}

export async function execute(machine: Machine, command: Command): Promise<void> {
  const { world, ctx, campaignId } = machine;
  switch (command.type) {
    case 'wait':
      world.now += command.ms;
      return;
    case 'claim':
      return world.claim(ctx, campaignId);
    case 'ring':
      return world.ring();
    case 'pause':
    case 'resume': {
      const state = command.type === 'pause' ? 'paused' : 'running';
      await setCampaignState(ctx, world.cancelQueue, { campaignId, state });
      return;
    }
    case 'outage':
      world.carrier.isDown = !world.carrier.isDown;
      return;
    case 'sweep':
      return world.upTo(command.crash, () => world.sweep(ctx));
    case 'suppress':
      return suppressNumber(ctx, world.cancelQueue, { e164: command.e164, reason: 'manual' });
    case 'dial': {
      const callId = taken(world.dials, command.pick, command.isTwice);
      if (callId === undefined) return;
      world.carrier.replies = [command.reply];
      await world.upTo(command.crash, () => world.dial(ctx, callId));
      world.carrier.replies = [];
      return;
    }
    case 'progress':
      return progress(machine, command.pick, command.answers);
    default:
      return deliver(machine, command);
  }
}

/** The carrier moves one call on, and sends a callback of it. */
export function progress(machine: Machine, pick: number, answers: boolean): void {
  const { world, callbacks } = machine;
  const live = [...world.carrier.calls.values()].filter((call) => !isTerminal(call.status));
  const call = live[pick % Math.max(1, live.length)];
  if (call === undefined) return;
  if (call.status === 'queued') call.status = 'ringing';
  else if (call.status === 'in-progress') {
    call.status = 'completed';
    call.durationSeconds = 30;
  } else if (answers) {
    call.status = 'in-progress';
    call.answered = true;
  } else call.status = pick % 2 === 0 ? 'busy' : 'no-answer';
  const sequence = callbacks.length;
  callbacks.push({ sid: call.sid, status: call.status, sequence });
}

type Delivery = Extract<Command, { type: 'callback' | 'report' | 'take_back' }>;

async function deliver(machine: Machine, command: Delivery): Promise<void> {
  const { world, ctx, callbacks } = machine;
  const isTwice = command.fate === 'twice';
  const queue: unknown[] =
    command.type === 'callback'
      ? callbacks
      : command.type === 'report'
        ? world.reports
        : world.cancels;
  const index = command.pick % Math.max(1, queue.length);
  const handle = async () => {
    const callback = callbacks[index];
    const report = world.reports[index];
    const job = world.cancels[index];
    if (command.type === 'callback' && callback !== undefined) {
      await world.callback(ctx.tenant.id, callback.sid, callback.status, callback.sequence);
    } else if (command.type === 'report' && report !== undefined) {
      await world.applyReport(ctx, report);
    } else if (command.type === 'take_back' && job !== undefined) {
      await world.takeBack(ctx, job);
    }
  };
  // A call whose verb failed comes again: only what was handled to the end leaves its queue.
  if (command.fate !== 'lost') await world.upTo(command.crash, handle);
  if (!isTwice && command.crash === null) queue.splice(index, 1);
  if (command.fate === 'lost') queue.splice(index, 1);
}

function taken(queue: string[], pick: number, isTwice: boolean): string | undefined {
  const index = pick % Math.max(1, queue.length);
  return isTwice ? queue[index] : queue.splice(index, 1)[0];
}
