import { Hono } from 'hono';
import type { MessageDesk } from '../carrier/message-desk.ts';
import type { MessageRow, MessageStore } from '../carrier/messages.ts';
import { API_VERSION, rfc2822 } from '../carrier/params.ts';
import type { RestEnv } from './app.ts';
import { isAbsolute } from './create-call.ts';
import { TwilioError } from './errors.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const MAX_BODY_CHARS = 1600;
const MAX_PAGE_SIZE = 1000;

/** `POST` and `GET Messages.json`, and one message. */
export function routeMessages(ports: {
  readonly messages: MessageStore;
  readonly desk: MessageDesk;
}): Hono<RestEnv> {
  const { messages, desk } = ports;
  const routes = new Hono<RestEnv>();

  routes.post('/Messages.json', async (context) => {
    const text = new TextDecoder().decode(await context.req.arrayBuffer());
    const { numbers, accountSid } = context.get('config');
    const wanted = readCreate(new URLSearchParams(text), numbers);
    if (messages.hasOptedOut(wanted.from, wanted.to)) throw new TwilioError(21610);
    return context.json(formatMessage(desk.send(wanted), accountSid), 201);
  });

  routes.get('/Messages.json', (context) => {
    const query = new URL(context.req.url).searchParams;
    const size = Math.min(Number(query.get('PageSize') ?? 50), MAX_PAGE_SIZE);
    const page = Number(query.get('Page') ?? 0);
    const filter = { to: query.get('To') ?? '', from: query.get('From') ?? '' };
    const rows = messages.list(filter, size + 1, page * size);
    const { accountSid } = context.get('config');
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    const path = `/${API_VERSION}/Accounts/${accountSid}/Messages.json`;
    return context.json({
      messages: rows.slice(0, size).map((row) => formatMessage(row, accountSid)),
      next_page_uri: rows.length > size ? `${path}?${next}` : null,
      ...{ page, page_size: size },
    });
  });

  routes.get('/Messages/:file', (context) => {
    const file = context.req.param('file');
    const row = messages.get(file.replace(/\.json$/, ''));
    if (row === undefined) throw new TwilioError(20404, `Messages/${file}`);
    return context.json(formatMessage(row, context.get('config').accountSid));
  });
  return routes;
}

/** Twilio's magic numbers of messages. */
const MAGIC_TO: Readonly<Record<string, 21211 | 21408 | 21610 | 21614>> = {
  '+15005550001': 21211,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

function readCreate(form: URLSearchParams, numbers: readonly string[]) {
  const [to, from, body] = [form.get('To') ?? '', form.get('From') ?? '', form.get('Body') ?? ''];
  const statusCallback = form.get('StatusCallback');
  const magic = MAGIC_TO[to];
  if (magic !== undefined) throw new TwilioError(magic, to);
  if (!E164.test(to)) throw new TwilioError(21211, to);
  if (!E164.test(from)) throw new TwilioError(21212, from);
  if (numbers.length > 0 && !numbers.includes(from)) throw new TwilioError(21606, from);
  if (body === '') throw new TwilioError(21602);
  if (body.length > MAX_BODY_CHARS) throw new TwilioError(21617);
  if (statusCallback !== null && !isAbsolute(statusCallback)) throw new TwilioError(21609);
  return { to, from, body, statusCallback };
}

function formatMessage(row: MessageRow, accountSid: string) {
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body: row.body,
    date_created: rfc2822(row.createdAt),
    date_sent: row.status === 'queued' ? null : rfc2822(row.createdAt),
    date_updated: rfc2822(row.createdAt),
    direction: row.direction,
    error_code: row.errorCode === null ? null : Number(row.errorCode),
    error_message: null,
    from: row.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(row.segments),
    price: null,
    price_unit: 'USD',
    sid: row.sid,
    status: row.status,
    to: row.to,
    uri: `/${API_VERSION}/Accounts/${accountSid}/Messages/${row.sid}.json`,
  };
}
