import { consoleLog } from '../../src/shared/log.ts';
import { systemClock } from '../clock.ts';
import { type FaultPlan, readFaults, type Strikes, seededDraw } from './fault-plan.ts';
import { faultyD1 } from './faulty-d1.ts';
import { faultyBatch, faultyQueue, withoutDead } from './faulty-queue.ts';

const DATABASES = /^(CONTROL|DATA_\d+|EVENTS_\d+)$/;
const QUEUES = /^(DIAL|CANCEL|REDIRECT|MESSAGES|RECORDINGS|PRIME|LEDGER|IMPORTS|WEBHOOKS)$/;

const made = new WeakMap<object, { readonly env: object; readonly strikes: Strikes | null }>();

/** The environment itself, unless it has FAULTS: then its databases and queues fail as that says. */
export function withFaults<Env extends object>(env: Env): Env {
  return known(env).env as Env;
}

/** The batch itself, unless the environment has FAULTS. */
export function batchWithFaults<T>(batch: MessageBatch<T>, env: object): MessageBatch<T> {
  const { strikes } = known(env);
  return strikes === null ? batch : faultyBatch(batch, strikes);
}

/** The same for the Worker that also stores dead letters: some messages become such. */
export function batchesWithFaults<T>(batch: MessageBatch<T>, env: object): MessageBatch<T>[] {
  const { strikes } = known(env);
  if (strikes === null) return [batch];
  return withoutDead(batch, strikes).map((each) => faultyBatch(each, strikes));
}

/** Null without FAULTS. What strikes is logged, so that a drill can count it. */
export function strikesOf(env: object): Strikes | null {
  return known(env).strikes;
}

function known(env: object) {
  const found = made.get(env);
  if (found !== undefined) return found;
  const plan = readFaults(env);
  const own = plan === null ? { env, strikes: null } : wrapped(env, plan);
  made.set(env, own);
  return own;
}

function wrapped(env: object, plan: FaultPlan) {
  const strikes = strikesBy(plan);
  const bindings = Object.entries(env).map(([name, binding]) => {
    if (DATABASES.test(name)) {
      return [name, faultyD1(binding as D1Database, strikes, plan.d1SlowMs, systemClock)];
    }
    if (QUEUES.test(name)) return [name, faultyQueue(binding as Queue<unknown>, strikes)];
    return [name, binding];
  });
  return { env: Object.fromEntries(bindings) as object, strikes };
}

function strikesBy(plan: FaultPlan): Strikes {
  const draw = seededDraw(plan.seed);
  const endsAt = plan.forMs === 0 ? Number.POSITIVE_INFINITY : systemClock.now() + plan.forMs;
  return (kind) => {
    const isStruck = draw(plan[kind]) && systemClock.now() < endsAt;
    if (isStruck) consoleLog('warn', 'fault on purpose', { kind });
    return isStruck;
  };
}
