import { Agent, get } from 'node:http';
import { spreadOf } from './direct/spread.ts';
import { startDirect } from './direct/worker.ts';
import type { Figure } from './figure.ts';
import type { PromptSeed, Prompts } from './prompt-worker/index.ts';

const CONNECTIONS = [1, 8, 32];
/** Three seconds of speech: 8,000 bytes a second. */
const CLIP_BYTES = 24_000;
/** Each is read from the store once only. */
const CLIPS = 640;
const COLD_REQUESTS = 200;
const WARM_REQUESTS = 1500;
/** The first of these fill the caches. */
const WARM_UP = 100;

type Kind = {
  readonly name: string;
  readonly requests: number;
  readonly path: (n: number) => string;
};

/** A prompt from the store, from the isolate, from the edge's cache, beside bytes of the same size. */
export async function promptBench(): Promise<Figure[]> {
  const worker = await startDirect('bench/prompt-worker/index.ts', 'disk', 'local');
  try {
    const seed: PromptSeed = { clips: CLIPS, bytes: CLIP_BYTES };
    const body = JSON.stringify(seed);
    const response = await fetch(`${worker.origin}/bench/seed`, { method: 'POST', body });
    if (!response.ok) throw new Error(`The bench could not be seeded: ${await response.text()}`);
    const { shared, personal } = (await response.json()) as Prompts;
    let unread = 1;
    const kinds: readonly Kind[] = [
      { name: 'bytes of the same size', requests: WARM_REQUESTS, path: () => '/bench/asset' },
      { name: 'from the store', requests: COLD_REQUESTS, path: () => personal[unread++] ?? '' },
      { name: 'from the isolate', requests: WARM_REQUESTS, path: () => personal[0] ?? '' },
      { name: "from the edge's cache", requests: WARM_REQUESTS, path: () => shared[0] ?? '' },
    ];
    const figures: Figure[] = [];
    for (const connections of CONNECTIONS) {
      for (const kind of kinds) figures.push(...(await measure(worker.origin, kind, connections)));
    }
    return figures;
  } finally {
    await worker.close();
  }
}

async function measure(origin: string, kind: Kind, connections: number): Promise<Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const isCold = kind.requests === COLD_REQUESTS;
  let asked = isCold ? 0 : -WARM_UP;
  const line = async () => {
    while (asked < kind.requests) {
      const n = asked++;
      const { status, bytes, ms } = await fetchOnce(agent, `${origin}${kind.path(n)}`);
      if (status !== 200 || bytes < CLIP_BYTES) {
        throw new Error(`${kind.name} was answered ${status} with ${bytes} bytes`);
      }
      if (n >= 0) times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: connections }, line));
  agent.destroy();
  const { p50, p99 } = spreadOf(times);
  const row = {
    bench: 'prompt',
    what: `${kind.name}, ${connections} connection${connections === 1 ? '' : 's'}`,
  };
  const isLimited = connections === 32 && kind.name.startsWith('from the') && !isCold;
  return [
    { ...row, value: p50, unit: 'ms p50' },
    { ...row, value: p99, unit: 'ms p99', ...(isLimited && { most: 50 }) },
  ];
}

type Fetched = { readonly status: number; readonly bytes: number; readonly ms: number };

function fetchOnce(agent: Agent, url: string): Promise<Fetched> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, bytes, ms: performance.now() - startedAt }),
      );
    }).on('error', reject);
  });
}
