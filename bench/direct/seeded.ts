import { randomBytes } from 'node:crypto';
import type { Seed } from '../turn-worker/index.ts';
import { Caller } from './caller.ts';
import type { StateKind } from './state-folder.ts';
import { type DirectWorker, startDirect } from './worker.ts';

export type SeededWorker = DirectWorker & {
  readonly caller: (connections: number) => Caller;
  /** The first webhook of the nth call. */
  readonly ring: (n: number) => Record<string, string>;
};

/** The voice Worker with one tenant and one number that a script answers. */
export async function startSeeded(script: string, state: StateKind): Promise<SeededWorker> {
  const worker = await startDirect('bench/turn-worker/index.ts', state);
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const e164 = '+12125551000';
  const seed: Seed = { accountSid, authToken, e164, script };
  const response = await fetch(`${worker.origin}/bench/seed`, {
    method: 'POST',
    body: JSON.stringify(seed),
  });
  if (!response.ok) throw new Error(`The bench could not be seeded: ${await response.text()}`);
  return {
    ...worker,
    caller: (connections) => new Caller(worker.origin, authToken, connections),
    ring: (n) => ({
      CallSid: `CA${n.toString(16).padStart(32, '0')}`,
      AccountSid: accountSid,
      From: `+1415${String(5_000_000 + (n % 1_000_000))}`,
      To: e164,
      Direction: 'inbound',
      CallStatus: 'ringing',
    }),
  };
}
