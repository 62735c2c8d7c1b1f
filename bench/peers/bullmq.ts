import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { freePorts } from '../../cli/local/ports.ts';
import { startCarrier } from '../pacing-carrier.ts';

const NAME = 'dial';
const WORKERS = 4;
/** Twilio takes a tenth of a second to answer, so one worker must have many calls under way. */
const CONCURRENCY = 50;
const SERVER = 'redis-server';

/** False where no Redis server is installed. */
export function hasRedis(): boolean {
  return spawnSync(SERVER, ['--version']).status === 0;
}

/**
 * When a carrier was asked for each call, ms: four workers on one queue with BullMQ's own rate
 * limiter, as its documentation has it, and a Redis of their own.
 */
export async function bullmqArrivals(
  callsPerSecond: number,
  calls: number,
  giveUpAfterMs: number,
): Promise<readonly number[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'destiny-bench-redis-'));
  const [port = 0] = await freePorts(1);
  const redis = spawn(
    SERVER,
    ['--port', String(port), '--bind', '127.0.0.1', '--appendonly', 'yes', '--dir', stateDir],
    { stdio: 'ignore' },
  );
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const carrier = await startCarrier(() => undefined);
  const closing: { close(): Promise<void> }[] = [];
  try {
    await answers(port, redis);
    const queue = new Queue(NAME, { connection });
    closing.push(queue);
    await queue.addBulk(
      Array.from({ length: calls }, (_, i) => ({ name: 'call', data: { to: `+1212555${i}` } })),
    );
    for (let i = 0; i < WORKERS; i++) {
      closing.push(
        new Worker(
          NAME,
          async ({ data }) => {
            const body = new URLSearchParams({ To: data.to, From: '+12125550199' });
            const response = await fetch(`${carrier.url}/Calls.json`, { method: 'POST', body });
            await response.text();
          },
          {
            connection,
            concurrency: CONCURRENCY,
            limiter: { max: callsPerSecond, duration: 1000 },
          },
        ),
      );
    }
    const deadline = performance.now() + giveUpAfterMs;
    while (carrier.arrivals.length < calls && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return carrier.arrivals;
  } finally {
    for (const each of closing.reverse()) await each.close();
    redis.kill();
    await carrier.close();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function answers(port: number, redis: ChildProcess): Promise<void> {
  while (redis.exitCode === null) {
    const socket = createConnection(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${SERVER} ended with ${redis.exitCode}`);
}
