import { DestinyError } from '../../src/shared/errors.ts';

/** Shares, from 0 to 1, of statements and messages that go wrong; `seed` makes a run repeatable. */
export type FaultPlan = {
  readonly seed: number;
  /** A statement or batch fails and nothing is committed. */
  readonly d1Before: number;
  /** It is committed, and its answer is lost. */
  readonly d1After: number;
  /** It takes `d1SlowMs` longer. */
  readonly d1Slow: number;
  readonly d1SlowMs: number;
  /** A message is put on its queue twice. */
  readonly queueTwice: number;
  /** The consumer's ack is lost: the message comes again although its work is done. */
  readonly queueAckLost: number;
  /** The message goes to the dead letters, as if its work had failed ten times. */
  readonly queueDead: number;
  /** After a call of its method a Durable Object is thrown out of memory. */
  readonly evict: number;
  /** From `clockFromMs` on, counted from its start, a Worker's clock is so much ahead. */
  readonly clockAheadMs: number;
  readonly clockFromMs: number;
  /** All of it ends so long after a Worker's first event; 0: never. */
  readonly forMs: number;
};

const SHARES = [
  ...(['d1Before', 'd1After', 'd1Slow', 'queueTwice', 'queueAckLost'] as const),
  ...(['queueDead', 'evict'] as const),
];
const NUMBERS = ['seed', 'd1SlowMs', 'clockAheadMs', 'clockFromMs', 'forMs'] as const;

export type FaultKind = (typeof SHARES)[number];
/** Whether this fault strikes now. */
export type Strikes = (kind: FaultKind) => boolean;

/** Null without the binding FAULTS: then nothing is wrapped. What is left out is 0. */
export function readFaults(env: object): FaultPlan | null {
  const text: unknown = Reflect.get(env, 'FAULTS');
  if (text === undefined) return null;
  const given = parsed(text);
  const known: readonly string[] = [...SHARES, ...NUMBERS];
  const plan: Record<string, number> = Object.fromEntries(known.map((name) => [name, 0]));
  for (const [name, value] of Object.entries(given)) {
    const most = SHARES.some((share) => share === name) ? 1 : Number.MAX_SAFE_INTEGER;
    if (!known.includes(name) || typeof value !== 'number' || !(value >= 0 && value <= most)) {
      throw refused(`"${name}" is not a share from 0 to 1 that it knows (${known.join(', ')})`);
    }
    plan[name] = value;
  }
  return plan as FaultPlan;
}

function parsed(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below, without the value.
  }
  throw refused('it is not a JSON object');
}

function refused(why: string): DestinyError {
  return new DestinyError('config_invalid', `The variable FAULTS is wrong: ${why}. Take it away.`);
}

/** True as often as its share says, in an order that only the seed decides. Pure (mulberry32). */
export type Draw = (share: number) => boolean;

export function seededDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (share) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 < share;
  };
}
