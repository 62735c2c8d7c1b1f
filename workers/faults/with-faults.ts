import { systemClock } from '../clock.ts';
import { type Draw, type FaultPlan, readFaults, seededDraw } from './fault-plan.ts';
import { faultyD1 } from './faulty-d1.ts';
import { faultyBatch, faultyQueue } from './faulty-queue.ts';

const DATABASES = /^(CONTROL|DATA_\d+|EVENTS_\d+)$/;
const QUEUES = /^(DIAL|CANCEL|PRIME|LEDGER|IMPORTS)$/;

type Faults = { readonly plan: FaultPlan; readonly draw: Draw };
const made = new WeakMap<object, { readonly env: object; readonly faults: Faults | null }>();

/** The environment itself, unless it has FAULTS: then its databases and queues fail as that says. */
export function withFaults<Env extends object>(env: Env): Env {
  return known(env).env as Env;
}

export function batchWithFaults<T>(batch: MessageBatch<T>, env: object): MessageBatch<T> {
  const { faults } = known(env);
  return faults === null ? batch : faultyBatch(batch, faults.plan, faults.draw);
}

function known(env: object) {
  const found = made.get(env);
  if (found !== undefined) return found;
  const plan = readFaults(env);
  const own = plan === null ? { env, faults: null } : wrapped(env, plan);
  made.set(env, own);
  return own;
}

function wrapped(env: object, plan: FaultPlan) {
  const draw = seededDraw(plan.seed);
  const bindings = Object.entries(env).map(([name, binding]) => {
    if (DATABASES.test(name)) return [name, faultyD1(binding, plan, draw, systemClock)];
    if (QUEUES.test(name)) return [name, faultyQueue(binding, plan, draw)];
    return [name, binding];
  });
  return { env: Object.fromEntries(bindings) as object, faults: { plan, draw } };
}
