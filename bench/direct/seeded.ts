import { randomBytes } from 'node:crypto';
import type { Seed } from '../turn-worker/index.ts';
import { Caller } from './caller.ts';
import type { StateKind } from './state-folder.ts';
import { type DirectWorker, startDirect } from './worker.ts';

export type SeededWorker = DirectWorker & {
  readonly caller: (connections: number) => Caller;
  /** The first webhook of the nth call, to the first tenant's number or another. */
  readonly ring: (n: number, to?: string) => Record<string, string>;
  /** One more tenant of the same account, with this number. */
  readonly addTenant: (e164: string) => Promise<void>;
};

const FIRST_NUMBER = '+12125551000';

/** The voice Worker with one tenant and one number that a script answers. */
export async function startSeeded(script: string, state: StateKind): Promise<SeededWorker> {
  const worker = await startDirect('bench/turn-worker/index.ts', state);
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const addTenant = async (e164: string) => {
    const seed: Seed = { accountSid, authToken, e164, script };
    const response = await fetch(`${worker.origin}/bench/seed`, {
      method: 'POST',
      body: JSON.stringify(seed),
    });
    if (!response.ok) throw new Error(`The bench could not be seeded: ${await response.text()}`);
  };
  await addTenant(FIRST_NUMBER);
  return {
    ...worker,
    caller: (connections) => new Caller(worker.origin, authToken, connections),
    addTenant,
    ring: (n, to = FIRST_NUMBER) => ({
      CallSid: `CA${n.toString(16).padStart(32, '0')}`,
      AccountSid: accountSid,
      From: `+1415${String(5_000_000 + (n % 1_000_000))}`,
      To: to,
      Direction: 'inbound',
      CallStatus: 'ringing',
    }),
  };
}
