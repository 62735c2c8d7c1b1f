import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { freePorts } from '../cli/local/ports.ts';
import { ROOT } from '../cli/local/wrangler.ts';
import { stateFolder } from './direct/state-folder.ts';
import { bundle, voiceSettings } from './direct/worker.ts';
import type { Figure } from './figure.ts';

const RUNS = 31;
const READY_WITHIN_MS = 10_000;

/** A Worker, its size at most, and the first thing that it is asked. */
const WORKERS = [
  {
    name: 'empty Hono',
    entry: 'bench/empty-worker/index.ts',
    config: 'bench/empty-worker/wrangler.toml',
  },
  { name: 'voice', entry: 'workers/voice/index.ts', config: 'wrangler.toml', mostKb: 150 },
  { name: 'api', entry: 'workers/api/index.ts', config: 'workers/api/wrangler.toml', mostKb: 700 },
] as const;
const PATH = '/voice/inbound/fallback';

type Built = { readonly name: string; readonly folder: string; readonly kb: number };

/** Bundles as a deploy makes them, and how long a fresh process of each takes to its first answer. */
export async function startupBench(): Promise<Figure[]> {
  const folders: string[] = [];
  try {
    const built = WORKERS.map(({ name, entry, config }): Built => {
      const folder = stateFolder('memory');
      folders.push(folder);
      bundle(entry, folder, join(ROOT, config));
      const kb = gzipSync(readFileSync(join(folder, 'index.js'))).length / 1024;
      return { name, folder, kb };
    });
    const times = new Map(built.map(({ name }) => [name, [] as number[]]));
    const started = built.filter(({ name }) => name !== 'api');
    for (let run = 0; run < RUNS; run++) {
      for (const { name, folder } of started) times.get(name)?.push(await firstAnswerMs(folder));
    }
    const median = (name: string) =>
      times.get(name)?.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
    return [
      ...built.map(({ name, kb }, i): Figure => {
        const mostKb = WORKERS[i];
        const limit = mostKb !== undefined && 'mostKb' in mostKb ? { most: mostKb.mostKb } : {};
        return { bench: 'startup', what: `${name} bundle`, value: kb, unit: 'KB gzip', ...limit };
      }),
      ...started.map(
        ({ name }): Figure => ({
          ...{ bench: 'startup', what: `fresh ${name} process` },
          ...{ value: median(name), unit: 'ms from start to first answer' },
        }),
      ),
      {
        ...{ bench: 'startup', what: 'fresh voice process / empty Hono process', most: 1.5 },
        ...{ value: median('voice') / median('empty Hono'), unit: 'x' },
      },
    ];
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** From the start of workerd, without a development server, to the last byte of an answer. */
async function firstAnswerMs(folder: string): Promise<number> {
  const [port = 0] = await freePorts(1);
  const settings = voiceSettings(folder, 'http://bench.test');
  const bindings = Object.entries(settings).map(
    ([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`,
  );
  writeFileSync(
    join(folder, 'bench.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed "index.js")],
  compatibilityDate = "2026-11-01",
  bindings = [${bindings.join(', ')}],
);`,
  );
  const startedAt = performance.now();
  const child = spawn(workerd(), ['serve', join(folder, 'bench.capnp')], { stdio: 'inherit' });
  try {
    await whenListening(port, child);
    const response = await fetch(`http://127.0.0.1:${port}${PATH}`, { method: 'POST' });
    const text = await response.text();
    if (!response.ok) throw new Error(`The first answer was ${response.status}: ${text}`);
    return performance.now() - startedAt;
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await gone;
  }
}

function workerd(): string {
  const wrangler = createRequire(import.meta.url).resolve('wrangler');
  return createRequire(wrangler).resolve('workerd/bin/workerd');
}

async function whenListening(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('workerd did not start');
}
