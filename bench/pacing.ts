import { mostStartsPerSecond } from '../src/dialing/start-guard.ts';
import type { Figure } from './figure.ts';
import { startCarrier } from './pacing-carrier.ts';
import type { Account, DialOrder, SeedOrder } from './pacing-worker/index.ts';
import { bullmqArrivals, hasRedis } from './peers/bullmq.ts';
import { type BenchWorker, startWorker } from './worker.ts';

const SPEEDS = [1, 5, 10, 30, 100];
const SPEEDS_OF_THE_PEER = [10, 30, 100];
const TENANTS = ['a', 'b'];
const CONSUMERS_PER_TENANT = 2;
/** `max_batch_size` of the dial queue. */
const BATCH = 100;
const WARM_UP_SECONDS = 5;
const SECONDS = 15;
/** One call more or less is 7 % of 15. */
const SECONDS_OF_THE_SLOWEST = 30;
/** Nobody may run out of work while the rate is measured. */
const SPARE_SECONDS = 4;
const LEAST_RATE = 0.97;
/** Who needs so many times as long as it should take has lost calls. */
const GIVE_UP_AFTER = 2;

/** Four consumers of two tenants dial on one account; what counts is when the carrier was asked. */
export async function pacingBench(): Promise<Figure[]> {
  const worker = await startWorker('pacing');
  try {
    const figures: Figure[] = [];
    for (const callsPerSecond of SPEEDS) figures.push(...(await pace(worker, callsPerSecond)));
    if (hasRedis()) {
      for (const callsPerSecond of SPEEDS_OF_THE_PEER) {
        figures.push(...(await pacePeer(callsPerSecond)));
      }
    } else console.log('BullMQ is left out: there is no redis-server here.');
    return figures;
  } finally {
    await worker.close();
  }
}

async function pace(worker: BenchWorker, callsPerSecond: number): Promise<Figure[]> {
  const seconds = callsPerSecond === 1 ? SECONDS_OF_THE_SLOWEST : SECONDS;
  const contacts = Math.ceil(
    (callsPerSecond * (WARM_UP_SECONDS + seconds + SPARE_SECONDS)) / TENANTS.length,
  );
  const account = { sid: `AC${String(callsPerSecond).padStart(32, '0')}`, callsPerSecond };
  const queues = new Map<string, string[]>();
  for (const name of TENANTS) {
    const order: SeedOrder = { tenantId: `ten_${callsPerSecond}_${name}`, contacts };
    const callIds = await worker.ask<string[]>('/seed', order);
    if (callIds.length !== contacts) throw new Error(`Only ${callIds.length} calls were claimed.`);
    queues.set(order.tenantId, callIds);
  }
  let putBack = 0;
  const carrier = await startCarrier((jobs, delaySeconds) => {
    putBack += jobs.length;
    setTimeout(() => {
      for (const { tenantId, callId } of jobs) queues.get(tenantId)?.push(callId);
    }, delaySeconds * 1000);
  });
  const due = contacts * TENANTS.length;
  const deadline = performance.now() + GIVE_UP_AFTER * (due / callsPerSecond) * 1000;
  const isDone = () => carrier.arrivals.length >= due || performance.now() > deadline;
  await consumeAll(worker, queues, account, carrier.url, isDone);
  await carrier.close();
  const row = { bench: 'pacing', what: `${callsPerSecond} CPS` };
  const { rate, most } = paceOf(carrier.arrivals, callsPerSecond, seconds);
  return [
    { ...row, value: rate, unit: 'of the limit', least: LEAST_RATE },
    {
      ...row,
      value: most,
      unit: 'starts in the fullest second',
      most: mostStartsPerSecond(callsPerSecond),
    },
    {
      ...row,
      value: carrier.arrivals.length,
      unit: 'calls of all contacts',
      least: due,
      most: due,
    },
    { ...row, value: putBack, unit: 'put back on the queue' },
  ];
}

/** The same number of calls by BullMQ's limiter; it only informs. */
async function pacePeer(callsPerSecond: number): Promise<Figure[]> {
  const due = callsPerSecond * (WARM_UP_SECONDS + SECONDS + SPARE_SECONDS);
  const giveUpAfterMs = GIVE_UP_AFTER * (due / callsPerSecond) * 1000;
  const arrivals = await bullmqArrivals(callsPerSecond, due, giveUpAfterMs);
  const { rate, most } = paceOf(arrivals, callsPerSecond, SECONDS);
  const row = { bench: 'pacing', what: `BullMQ, ${callsPerSecond} CPS` };
  return [
    { ...row, value: rate, unit: 'of the limit' },
    { ...row, value: most, unit: 'starts in the fullest second' },
  ];
}

async function consumeAll(
  worker: BenchWorker,
  queues: ReadonlyMap<string, string[]>,
  account: Account,
  carrierUrl: string,
  isDone: () => boolean,
): Promise<void> {
  const consumers = [...queues].flatMap(([tenantId, queue]) => {
    const size = Math.min(BATCH, Math.ceil(queue.length / CONSUMERS_PER_TENANT));
    return Array.from({ length: CONSUMERS_PER_TENANT }, async () => {
      while (!isDone()) {
        const callIds = queue.splice(0, size);
        const order: DialOrder = { tenantId, callIds, account, carrierUrl };
        if (callIds.length > 0) await worker.ask('/dial', order);
        else await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
  });
  await Promise.all(consumers);
}

function paceOf(arrivals: readonly number[], callsPerSecond: number, seconds: number) {
  const from = (arrivals[0] ?? 0) + WARM_UP_SECONDS * 1000;
  const measured = arrivals.filter((at) => at >= from && at <= from + seconds * 1000);
  const spanMs = (measured.at(-1) ?? 0) - (measured[0] ?? 0);
  const rate = ((measured.length - 1) * 1000) / spanMs / callsPerSecond;
  return { rate, most: mostInAnySecond(arrivals) };
}

/** `times` ascend, in ms. */
function mostInAnySecond(times: readonly number[]): number {
  let oldest = 0;
  return times.reduce((most, at, i) => {
    while ((times[oldest] ?? at) <= at - 1000) oldest += 1;
    return Math.max(most, i - oldest + 1);
  }, 0);
}
