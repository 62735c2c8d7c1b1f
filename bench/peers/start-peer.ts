import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '../../cli/local/ports.ts';
import { Caller } from '../direct/caller.ts';
import { stateFolder } from '../direct/state-folder.ts';

export type Peer = {
  readonly caller: (connections: number) => Caller;
  readonly close: () => Promise<void>;
};

const READY_WITHIN_MS = 20_000;

/** The usual way to build this: Node, Express, the carrier's own library, SQLite. */
export async function startPeer(): Promise<Peer> {
  const folder = stateFolder('disk');
  const authToken = randomBytes(16).toString('hex');
  const [port = 0] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'express-webhook.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      ORIGIN: origin,
      AUTH_TOKEN: authToken,
      FOLDER: folder,
    },
  });
  await whenReady(`${origin}/health`, child);
  return {
    caller: (connections) => new Caller(origin, authToken, connections),
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function whenReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The Express webhook did not start.');
}
