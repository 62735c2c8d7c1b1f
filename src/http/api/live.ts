import { type Context, Hono } from 'hono';
import type { RouteSpec } from '../../contract/route.ts';
import { type FeedFrame, RENEW, TOO_SLOW } from '../../live/feed.ts';
import { DestinyError } from '../../shared/errors.ts';
import { problemResponse } from '../problem.ts';
import { admit, checkOrigin, identify } from './authorize.ts';
import type { ApiDeps } from './context.ts';
import { addressOf } from './run.ts';

/** Who may watch: the same as who may read calls. */
const WATCH: RouteSpec = {
  ...{ tag: 'Live', method: 'get', path: '/live', summary: '', status: 200 },
  ...{ returns: null, audit: null },
  rule: { who: 'tenant', role: 'AGENT', scope: 'calls:read', feature: null },
};

/** What a viewer may say of what he wants to see; a tenant is none of it. */
const FILTERS = ['call', 'campaign', 'type'];
const HEARTBEAT_MS = 15_000;

/**
 * The live feed, which is no request with an answer: `/live` is a WebSocket, `/live/events` the same
 * as server-sent events. It stands apart from the other routes because nothing may touch an upgrade
 * on its way out.
 */
export function liveRoutes(deps: ApiDeps): Hono {
  const app = new Hono();
  app.onError((error, c) => problemResponse(c, error, deps.identity.newId('req'), deps.log));
  app.get('/live', async (c) => {
    const tenantId = await tenantOf(deps, c);
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
      throw new DestinyError('invalid_input', 'Ask with Upgrade: websocket, or use /live/events.');
    }
    return open(deps, tenantId, c, c.req.query('since') ?? null);
  });
  app.get('/live/events', async (c) => {
    await tenantOf(deps, c);
    const since = c.req.header('last-event-id') ?? c.req.query('since') ?? null;
    return c.body(streamOf(deps, c, since), 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // A proxy that collects what it passes on would make it anything but live.
      'x-accel-buffering': 'no',
    });
  });
  return app;
}

/** Looked at again whenever a viewer comes back, which is every minute. */
async function tenantOf(deps: ApiDeps, c: Context): Promise<string> {
  const who = await identify(deps, c.req.raw.headers);
  const { isAllowed } = await deps.takeRequest(
    who.actor.type === 'nobody' ? addressOf(c) : who.actor.id,
  );
  if (!isAllowed) throw new DestinyError('rate_limited', 'Too many requests; wait a little.');
  // A browser sends cookies with an upgrade that any page asks for.
  if (who.actor.type !== 'key') checkOrigin(c.req.raw, deps.identity.appUrl);
  const { tenant } = await admit(deps, WATCH, withNamedTenant(c), who);
  if (tenant === null) throw new DestinyError('internal', 'A feed needs a tenant.');
  return tenant.tenant.id;
}

/** A browser's WebSocket sends no header of ours: the tenant may stand in the address instead. */
function withNamedTenant(c: Context): Request {
  const named = c.req.query('tenant');
  if (named === undefined || c.req.header('destiny-tenant') !== undefined) return c.req.raw;
  const headers = new Headers(c.req.raw.headers);
  headers.set('destiny-tenant', named);
  return new Request(c.req.url, { headers });
}

function open(
  deps: ApiDeps,
  tenantId: string,
  c: Context,
  since: string | null,
): Promise<Response> {
  const url = new URL('https://feed/');
  for (const name of FILTERS) {
    for (const value of c.req.queries(name) ?? []) url.searchParams.append(name, value);
  }
  if (since !== null) url.searchParams.set('since', since);
  return deps.feed(tenantId).fetch(new Request(url, { headers: { upgrade: 'websocket' } }));
}

/** One stream over as many sockets as it takes; each new one is asked for anew. */
function streamOf(deps: ApiDeps, c: Context, since: string | null): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last = since;
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;
  const end = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
    socket?.close();
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const follow = async (): Promise<void> => {
        const response = await open(deps, await tenantOf(deps, c), c, last);
        socket = response.webSocket;
        if (socket === null) throw new DestinyError('internal', 'The feed did not open.');
        socket.accept();
        socket.addEventListener('message', ({ data }) => {
          const frame = JSON.parse(String(data)) as FeedFrame;
          last = String(frame.seq);
          write(textOf(frame));
          socket?.send(JSON.stringify({ type: 'ack', seq: frame.seq }));
        });
        socket.addEventListener('close', ({ code }) => {
          if (timer === null) return;
          if (code === RENEW || code === TOO_SLOW) void follow().catch(stop);
          else stop();
        });
      };
      const stop = () => {
        end();
        try {
          controller.close();
        } catch {
          // The reader is gone.
        }
      };
      timer = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
      void follow().catch(stop);
    },
    cancel: end,
  });
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
function textOf(frame: FeedFrame): string {
  if (frame.type !== 'events') {
    return `id: ${frame.seq}\nevent: ${frame.type}\ndata: {"seq":${frame.seq}}\n\n`;
  }
  return frame.events
    .map((event) => `id: ${event.seq}\nevent: call\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}
