import type { CallFilter, CallRow, CallStore } from '../carrier/calls.ts';
import { API_VERSION } from '../carrier/params.ts';
import type { CallStatus } from '../carrier/types.ts';
import { TwilioError } from './errors.ts';
import { formatCall } from './format-call.ts';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;
const DAY_MS = 86_400_000;

/** `GET Calls.json`: newest first. Filtering by StartTime leaves out calls not dialled yet. */
export function listCalls(
  query: URLSearchParams,
  store: CallStore,
  accountSid: string,
  now: number,
) {
  const size = whole(query, 'PageSize', DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE);
  const page = whole(query, 'Page', 0, 0, Number.MAX_SAFE_INTEGER);
  const token = query.get('PageToken');
  const after = token === null ? undefined : store.get(token.replace(/^PA/, ''));
  if (token !== null && after === undefined) throw new TwilioError(20001, 'PageToken');
  const belowId = after?.id ?? Number.MAX_SAFE_INTEGER;
  const offset = after === undefined ? page * size : 0;
  const rows = store.list(readFilter(query), belowId, size + 1, offset);
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return {
    calls: shown.map((row) => formatCall(row, accountSid, now)),
    end: page * size + Math.max(0, shown.length - 1),
    first_page_uri: pageUri(query, accountSid, size, 0),
    next_page_uri: last === undefined ? null : pageUri(query, accountSid, size, page + 1, last),
    page,
    page_size: size,
    previous_page_uri: page === 0 ? null : pageUri(query, accountSid, size, page - 1),
    start: page * size,
    uri: pageUri(query, accountSid, size, page),
  };
}

function readFilter(query: URLSearchParams): CallFilter {
  const to = query.get('To');
  const from = query.get('From');
  const status = query.get('Status');
  const on = readTime(query, 'StartTime');
  const startedFrom = readTime(query, 'StartTime>') ?? on;
  const before = readTime(query, 'StartTime<') ?? on;
  return {
    ...(to === null ? {} : { to }),
    ...(from === null ? {} : { from }),
    ...(status === null ? {} : { statuses: readStatus(status) }),
    ...(startedFrom === undefined ? {} : { startedFrom }),
    // A date means the whole day; both bounds include what they name.
    ...(before === undefined
      ? {}
      : { startedBefore: before + (before % DAY_MS === 0 ? DAY_MS : 1000) }),
  };
}

/** `StartTime>=x` arrives as the parameter `StartTime>` with the value x. */
function readTime(query: URLSearchParams, name: string): number | undefined {
  const raw = query.get(name);
  if (raw === null) return undefined;
  const at = Date.parse(raw);
  if (Number.isNaN(at)) throw new TwilioError(20001, name);
  return at;
}

function readStatus(status: string): CallStatus[] {
  return status === 'queued' ? ['queued', 'initiated'] : [status as CallStatus];
}

function whole(query: URLSearchParams, name: string, fallback: number, low: number, high: number) {
  const raw = query.get(name);
  if (raw === null) return fallback;
  const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new TwilioError(20001, name);
}

function pageUri(
  query: URLSearchParams,
  accountSid: string,
  size: number,
  page: number,
  after?: CallRow,
): string {
  const next = new URLSearchParams(query);
  next.set('PageSize', String(size));
  next.set('Page', String(page));
  next.delete('PageToken');
  if (after !== undefined) next.set('PageToken', `PA${after.sid}`);
  return `/${API_VERSION}/Accounts/${accountSid}/Calls.json?${next}`;
}
