import { createTestHarness } from 'wrangler';
import { FeedClient, type FeedSocket } from '../src/live/client.ts';
import type { FeedEvent, NumberedEvent } from '../src/live/feed.ts';
import type { Figure } from './figure.ts';

const VIEWERS = 50;
const EVENTS_A_SECOND = 300;
const SECONDS = 60;
/** What one report of a session brings. */
const EVENTS_A_REPORT = 5;
const RESTLESS_EVERY_MS = 5000;
const SETTLE_MS = 20_000;

type Viewer = {
  readonly client: FeedClient;
  readonly taken: NumberedEvent[];
  readonly delays: number[];
};

/** 300 events a second to 50 viewers for a minute; one of them comes anew every five seconds. */
export async function feedBench(): Promise<Figure[]> {
  const harness = createTestHarness({
    workers: [{ configPath: './bench/feed-worker/wrangler.toml' }],
  });
  const { url } = await harness.listen();
  const viewers = Array.from({ length: VIEWERS }, () => watch(new URL(url)));
  await until(() => viewers.every(({ client }) => client.seq !== null));
  const restless = viewers[0];
  const timer = setInterval(() => restless?.client.restart(), RESTLESS_EVERY_MS);

  const total = EVENTS_A_SECOND * SECONDS;
  const perReport = (1000 * EVENTS_A_REPORT) / EVENTS_A_SECOND;
  const startedAt = performance.now();
  const handed: Promise<unknown>[] = [];
  for (let sent = 0; sent < total; sent += EVENTS_A_REPORT) {
    const waitMs = startedAt + (sent / EVENTS_A_REPORT) * perReport - performance.now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const body = JSON.stringify(report(sent));
    handed.push(harness.fetch('/', { method: 'POST', body }).then((answer) => answer.text()));
  }
  await Promise.all(handed);
  const seconds = (performance.now() - startedAt) / 1000;
  clearInterval(timer);
  await until(() => viewers.every(({ taken }) => taken.length >= total), SETTLE_MS).catch(() => {});
  for (const { client } of viewers) client.close();
  await harness.close();
  return figuresOf(viewers, total, seconds);
}

function watch(url: URL): Viewer {
  const taken: NumberedEvent[] = [];
  const delays: number[] = [];
  const client = new FeedClient({
    open: (since) => {
      const own = new URL(url);
      own.protocol = 'ws:';
      if (since !== null) own.searchParams.set('since', String(since));
      return new WebSocket(own.href) as unknown as FeedSocket;
    },
    onEvents: (events) => {
      const now = Date.now();
      taken.push(...events);
      for (const { at } of events) delays.push(now - at);
    },
    onGap: () => undefined,
    wait: (ms, then) => setTimeout(then, ms),
    random: Math.random,
  });
  return { client, taken, delays };
}

function report(first: number): FeedEvent[] {
  return Array.from({ length: EVENTS_A_REPORT }, (_, i) => ({
    callId: `call_${Math.floor(first / 50)}`,
    ...{ source: 'session', n: first + i, at: Date.now(), type: 'flow.enter' },
    detail: { node: 'start', target: 'confirm', score: 1 },
  }));
}

function figuresOf(viewers: readonly Viewer[], total: number, seconds: number): Figure[] {
  const figure = (what: string, value: number, unit: string, bounds = {}): Figure => ({
    ...{ bench: 'feed', what, value, unit },
    ...bounds,
  });
  const missing = viewers.reduce((sum, { taken }) => sum + Math.max(0, total - distinct(taken)), 0);
  const twice = viewers.reduce((sum, { taken }) => sum + taken.length - distinct(taken), 0);
  const unordered = viewers.filter(({ taken }) =>
    taken.some(({ seq }, i) => i > 0 && seq <= (taken[i - 1]?.seq ?? 0)),
  ).length;
  const delays = viewers.flatMap((viewer) => viewer.delays).toSorted((a, b) => a - b);
  const percentile = (share: number) => delays[Math.floor(delays.length * share)] ?? Infinity;
  return [
    figure(`events handed in, ${VIEWERS} viewers`, total / seconds, 'per s', {
      least: EVENTS_A_SECOND * 0.97,
    }),
    figure('events that a viewer missed', missing, '', { most: 0 }),
    figure('events that a viewer saw twice', twice, '', { most: 0 }),
    figure('viewers who saw them out of order', unordered, '', { most: 0 }),
    figure('from event to viewer, p50', percentile(0.5), 'ms'),
    figure('from event to viewer, p95', percentile(0.95), 'ms', { most: 2000 }),
    figure('from event to viewer, p99', percentile(0.99), 'ms'),
  ];
}

const distinct = (events: readonly NumberedEvent[]) => new Set(events.map(({ seq }) => seq)).size;

async function until(is: () => boolean, withinMs = 30_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!is()) {
    if (Date.now() > deadline) throw new Error('The viewers did not get there in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
