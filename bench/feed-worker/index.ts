import type { FeedEvent } from '../../src/live/feed.ts';
import { TenantFeedObject } from '../../src/live/tenant-feed.object.ts';
import { systemClock } from '../../workers/clock.ts';

type Env = { readonly FEEDS: DurableObjectNamespace<TenantFeed> };

export class TenantFeed extends TenantFeedObject<Env> {
  protected override clock() {
    return systemClock;
  }
}

/** Hands events in as the ledger does, and viewers on to the feed. */
export default {
  fetch: async (request, env) => {
    const feed = env.FEEDS.getByName('t:bench');
    if (request.headers.get('upgrade') === 'websocket') return feed.fetch(request);
    await feed.ingest((await request.json()) as FeedEvent[]);
    return Response.json({});
  },
} satisfies ExportedHandler<Env>;
