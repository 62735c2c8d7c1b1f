import type { EventSource } from '../db/schema/event.ts';

/** What a watching person is told: one event of a call or conversation. Never anybody's words. */
export type FeedEvent = {
  readonly callId: string;
  readonly source: EventSource;
  readonly n: number;
  /** Epoch ms. */
  readonly at: number;
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
};
/** Numbered without a gap by the tenant's feed. */
export type NumberedEvent = FeedEvent & {
  readonly seq: number;
  /** Known from the first event of a call that a campaign made. */
  readonly campaignId: string | null;
};

/** Frames from the feed to a viewer. `v` grows when they change. */
export type FeedFrame =
  | { readonly v: 1; readonly type: 'hello'; readonly seq: number }
  | {
      readonly v: 1;
      readonly type: 'events';
      readonly events: readonly NumberedEvent[];
      readonly seq: number;
    }
  /** Events before `seq` are not kept any more: read what you watch again. */
  | { readonly v: 1; readonly type: 'gap'; readonly seq: number };

/** From a viewer to the feed: everything up to here has been taken. */
export type FeedAck = { readonly type: 'ack'; readonly seq: number };

export type FeedFilter = {
  readonly call: readonly string[];
  readonly campaign: readonly string[];
  readonly type: readonly string[];
};

/** Close codes of our own: come again with `since`. */
export const RENEW = 4001;
export const TOO_SLOW = 4008;

/** Nothing named is everything. */
export function passes({ call, campaign, type }: FeedFilter, event: NumberedEvent): boolean {
  if (call.length > 0 && !call.includes(event.callId)) return false;
  if (campaign.length > 0 && !campaign.includes(event.campaignId ?? '')) return false;
  return type.length === 0 || type.includes(event.type);
}

export function filterOf(query: URLSearchParams): FeedFilter {
  return {
    call: query.getAll('call'),
    campaign: query.getAll('campaign'),
    type: query.getAll('type'),
  };
}
