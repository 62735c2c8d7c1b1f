import { afterAll, beforeAll, expect, test } from 'vitest';
import { FeedClient, type FeedSocket } from '../../src/live/client.ts';
import type { NumberedEvent } from '../../src/live/feed.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = `[start]
This is Harbour Dental. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };

let whole: Whole;
let tenant: OwnTenant;
let other: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  [tenant, other] = [await whole.newTenant(), await whole.newTenant()];
});
afterAll(() => whole.stop());

const url = (path: string, scheme = 'http') =>
  `${whole.stack.appUrl.replace('http', scheme)}/api/v1${path}`;

/** A viewer with the tenant's own key, who comes back after every loss. */
async function watch(own: OwnTenant) {
  const authorization = await whole.stack.api.authorization(own.id);
  const events: NumberedEvent[] = [];
  const lagsMs: number[] = [];
  const client = new FeedClient({
    open: (since) => {
      const query = since === null ? '' : `?since=${since}`;
      // Node's WebSocket takes headers beside what browsers know.
      const options = { headers: { authorization } } as unknown as string[];
      return new WebSocket(url(`/live${query}`, 'ws'), options) as unknown as FeedSocket;
    },
    onEvents: (more) => {
      events.push(...more);
      lagsMs.push(...more.map(({ at }) => Date.now() - at));
    },
    onGap: () => {
      throw new Error('The feed has lost events');
    },
    wait: (ms, then) => setTimeout(then, Math.min(ms, 200)),
    random: Math.random,
  });
  await until(async () => (client.seq === null ? null : true));
  return { client, events, lagsMs };
}

test('viewers see a call as it happens, each event once and in order; nobody sees another tenant’s', async () => {
  const [one, restless, foreign] = [await watch(tenant), await watch(tenant), await watch(other)];
  const number = await tenant.number(await tenant.script(SCRIPT));
  const callers = Array.from({ length: 12 }, (_, i) => `+1415555${1000 + i}`);
  const calls = await Promise.all(
    callers.map((from) => whole.callIn({ to: number.e164, from, persona: PRESSES_1 })),
  );
  const timer = setInterval(() => restless.client.restart(), 700);
  const shown = await Promise.all(calls.map(({ sid }) => tenant.finished(sid)));
  clearInterval(timer);
  const ids = new Set(shown.map(({ call }) => call.id));
  const finished = (events: readonly NumberedEvent[]) =>
    events.filter(({ type, callId }) => type === 'call.finished' && ids.has(callId)).length;
  await until(async () =>
    finished(one.events) === 12 && finished(restless.events) === 12 ? true : null,
  );
  const seqs = one.events.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i));
  expect(restless.events).toEqual(one.events);
  for (const { call, events } of shown) {
    const seen = one.events.filter(({ callId }) => callId === call.id).map(({ type }) => type);
    expect(seen.toSorted()).toEqual(events.map(({ type }) => type).toSorted());
  }
  expect(foreign.events).toEqual([]);
  // What happened is dated by the Worker that took the carrier's webhook.
  const lags = one.lagsMs.toSorted((a, b) => a - b);
  const p95 = lags[Math.floor(lags.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  console.info(`live: from webhook to viewer p95 ${p95} ms of ${lags.length} events`);
  expect(p95).toBeLessThan(2000);
  for (const { client } of [one, restless, foreign]) client.close();
});

test('the same as server-sent events, from the beginning', async () => {
  const authorization = await whole.stack.api.authorization(tenant.id);
  const response = await fetch(url('/live/events?since=0&type=call.finished'), {
    headers: { authorization },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  let text = '';
  while ((text.match(/^event: call$/gm) ?? []).length < 12) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    if (done) break;
    text += new TextDecoder().decode(value);
  }
  await reader?.cancel();
  const lines = [...text.matchAll(/^id: (\d+)\nevent: call\ndata: (.*)$/gm)];
  expect(lines).toHaveLength(12);
  for (const [, id, data] of lines) {
    expect(JSON.parse(data ?? '')).toMatchObject({ seq: Number(id), type: 'call.finished' });
  }
});

test('nobody watches without a right to', async () => {
  for (const path of ['/live', '/live/events']) {
    expect((await fetch(url(path))).status).toBe(401);
  }
  const foreign = { authorization: await whole.stack.api.authorization(tenant.id) };
  const named = await fetch(url(`/live/events?tenant=${other.id}`), { headers: foreign });
  expect(named.status).toBe(404);
  const wrong = { authorization: 'Bearer dk_nobody' };
  expect((await fetch(url('/live/events'), { headers: wrong })).status).toBe(401);
});
