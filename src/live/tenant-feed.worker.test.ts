import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { TenantFeed } from '../../workers/voice/objects.ts';
import type { FeedEvent, FeedFrame, NumberedEvent } from './feed.ts';

const feeds = (env as unknown as { readonly FEEDS: DurableObjectNamespace<TenantFeed> }).FEEDS;
let last = 0;
const newFeed = () => feeds.getByName(`t:test_${last++}`);

const event = (n: number, rest: Partial<FeedEvent> = {}): FeedEvent => ({
  ...{ callId: 'call_1', source: 'session', n, at: 1, type: 'flow.enter', detail: {} },
  ...rest,
});

/** A viewer who keeps what he is told. */
async function watch(feed: ReturnType<typeof newFeed>, query = '') {
  const request = new Request(`https://feed/?${query}`, { headers: { upgrade: 'websocket' } });
  const { webSocket } = await feed.fetch(request);
  if (webSocket === null) throw new Error('The feed did not open');
  const frames: FeedFrame[] = [];
  const waiting: (() => void)[] = [];
  webSocket.accept();
  webSocket.addEventListener('message', ({ data }) => {
    frames.push(JSON.parse(String(data)) as FeedFrame);
    for (const wake of waiting.splice(0)) wake();
  });
  const events = (): NumberedEvent[] =>
    frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));
  return {
    socket: webSocket,
    frames,
    events,
    until: async (is: () => boolean) => {
      while (!is()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

test('events are numbered without a gap, and told once however often they are handed in', async () => {
  const feed = newFeed();
  const viewer = await watch(feed);
  await feed.ingest([event(1), event(2)]);
  await Promise.all([feed.ingest([event(2), event(3)]), feed.ingest([event(3), event(4)])]);
  await viewer.until(() => viewer.events().length >= 4);
  expect(viewer.events().map(({ seq, n }) => [seq, n])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ]);
});

test('whoever comes back with since gets what he missed, and after it what is new', async () => {
  const feed = newFeed();
  await feed.ingest([event(1), event(2)]);
  await feed.ingest([event(3)]);
  const viewer = await watch(feed, 'since=1');
  await feed.ingest([event(4)]);
  await viewer.until(() => viewer.events().length >= 3);
  expect(viewer.events().map(({ n }) => n)).toEqual([2, 3, 4]);
  expect(viewer.frames[0]).toEqual({ v: 1, type: 'hello', seq: 3 });
});

test('events that wait to be told do not overtake what a returning viewer missed', async () => {
  const feed = newFeed();
  await feed.ingest([event(1), event(2)]);
  const waiting = feed.ingest([event(3)]);
  const viewer = await watch(feed, 'since=1');
  await waiting;
  await viewer.until(() => viewer.events().length >= 2);
  expect(viewer.events().map(({ seq }) => seq)).toEqual([2, 3]);
});

test('an object that was away numbers on, and still knows what it has told', async () => {
  const feed = newFeed();
  await feed.ingest([event(1), event(2)]);
  await evictDurableObject(feed);
  await feed.ingest([event(2), event(3)]);
  const viewer = await watch(feed, 'since=0');
  await viewer.until(() => viewer.events().length >= 3);
  expect(viewer.events().map(({ seq, n }) => [seq, n])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test.each([
  ['99', 'a number from nowhere'],
  ['x', 'no number'],
])('since=%s (%s) is a gap, and the viewer is told', async (since) => {
  const feed = newFeed();
  await feed.ingest([event(1)]);
  const viewer = await watch(feed, `since=${since}`);
  await viewer.until(() => viewer.frames.length >= 2);
  expect(viewer.frames[1]).toEqual({ v: 1, type: 'gap', seq: 1 });
});

test('filters by type, call and campaign; the number goes on for everybody', async () => {
  const feed = newFeed();
  const [byType, byCall, byCampaign] = await Promise.all([
    watch(feed, 'type=call.finished'),
    watch(feed, 'call=call_2'),
    watch(feed, 'campaign=cmp_1'),
  ]);
  await feed.ingest([
    event(0, { callId: 'call_2', type: 'call.queued', detail: { campaign: 'cmp_1' } }),
    event(1),
    event(1, { callId: 'call_2', type: 'call.finished' }),
  ]);
  for (const viewer of [byType, byCall, byCampaign]) {
    await viewer.until(() => viewer.frames.some((frame) => frame.type === 'events'));
    expect(viewer.frames.at(-1)).toMatchObject({ seq: 3 });
  }
  expect(byType.events().map(({ seq }) => seq)).toEqual([3]);
  expect(byCall.events().map(({ seq }) => seq)).toEqual([1, 3]);
  expect(byCampaign.events().map(({ seq }) => seq)).toEqual([1, 3]);
});

test('a viewer who does not say that he reads is let go, and may come again', async () => {
  const feed = newFeed();
  const viewer = await watch(feed);
  const closed = new Promise<number>((resolve) =>
    viewer.socket.addEventListener('close', ({ code }) => resolve(code)),
  );
  for (let page = 0; page < 21; page++) {
    await feed.ingest(Array.from({ length: 1000 }, (_, i) => event(page * 1000 + i)));
  }
  expect(await closed).toBe(4008);
});

test('an old socket is asked to come again; the newest number outlives what is forgotten', async () => {
  const feed = newFeed();
  const viewer = await watch(feed);
  await feed.ingest([event(1)]);
  const closed = new Promise<number>((resolve) =>
    viewer.socket.addEventListener('close', ({ code }) => resolve(code)),
  );
  await runInDurableObject(feed, (_: TenantFeed, state) => {
    for (const socket of state.getWebSockets()) {
      socket.serializeAttachment({ ...socket.deserializeAttachment(), openedAt: 0 });
    }
    state.storage.sql.exec('UPDATE flush SET at = 0');
  });
  await runDurableObjectAlarm(feed);
  expect(await closed).toBe(4001);
  await evictDurableObject(feed);
  await feed.ingest([event(2)]);
  const again = await watch(feed, 'since=1');
  await again.until(() => again.events().length === 1);
  expect(again.events()).toMatchObject([{ seq: 2, n: 2 }]);
});
