import { Hono } from 'hono';
import type { NumberRow, NumberStore, NumberUrls } from '../carrier/numbers.ts';
import { API_VERSION, rfc2822 } from '../carrier/params.ts';
import type { Clock } from '../clock.ts';
import type { RestEnv } from './app.ts';
import { isAbsolute } from './create-call.ts';
import { TwilioError } from './errors.ts';
import { readForm } from './form.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const DEFAULT_AREA_CODE = '415';
/** 555-0100 to 555-0199 are nobody's in North America. */
const NUMBERS_PER_AREA = 100;
const MAX_PAGE_SIZE = 1000;

/** IncomingPhoneNumbers (what the account owns) and AvailablePhoneNumbers (what it could buy). */
export function routeNumbers(ports: {
  readonly numbers: NumberStore;
  readonly clock: Clock;
  readonly newSid: () => string;
}): Hono<RestEnv> {
  const { numbers, clock } = ports;
  const routes = new Hono<RestEnv>();

  const find = (file: string): NumberRow => {
    const row = numbers.get(file.replace(/\.json$/, ''));
    if (row === undefined) throw new TwilioError(20404, `IncomingPhoneNumbers/${file}`);
    return row;
  };

  routes.get('/IncomingPhoneNumbers.json', (context) => {
    const query = new URL(context.req.url).searchParams;
    const size = Math.min(Number(query.get('PageSize') ?? 50), MAX_PAGE_SIZE);
    const page = Number(query.get('Page') ?? 0);
    const rows = numbers.list(query.get('PhoneNumber') ?? '', size + 1, page * size);
    const { accountSid } = context.get('config');
    const next = new URLSearchParams(query);
    next.set('Page', String(page + 1));
    const path = `/${API_VERSION}/Accounts/${accountSid}/IncomingPhoneNumbers.json`;
    return context.json({
      incoming_phone_numbers: rows.slice(0, size).map((row) => formatNumber(row, accountSid)),
      next_page_uri: rows.length > size ? `${path}?${next}` : null,
      ...{ page, page_size: size },
    });
  });

  routes.post('/IncomingPhoneNumbers.json', async (context) => {
    const form = await readForm(context.req);
    const number = form.get('PhoneNumber') ?? '';
    if (!E164.test(number)) throw new TwilioError(21421, number);
    if (numbers.owns(number)) throw new TwilioError(21422, number);
    const row = { sid: ports.newSid(), number, createdAt: clock.now(), ...readUrls(form) };
    numbers.add(row);
    return context.json(formatNumber(row, context.get('config').accountSid), 201);
  });

  routes.post('/IncomingPhoneNumbers/:file', async (context) => {
    const row = find(context.req.param('file'));
    const urls = { ...row, ...readUrls(await readForm(context.req), row) };
    numbers.setUrls(row.sid, urls);
    return context.json(formatNumber(urls, context.get('config').accountSid));
  });

  routes.get('/IncomingPhoneNumbers/:file', (context) =>
    context.json(formatNumber(find(context.req.param('file')), context.get('config').accountSid)),
  );

  routes.get('/AvailablePhoneNumbers/:country/Local.json', (context) => {
    const country = context.req.param('country');
    if (country !== 'US') throw new TwilioError(20404, `AvailablePhoneNumbers/${country}`);
    const query = new URL(context.req.url).searchParams;
    const area = query.get('AreaCode') ?? DEFAULT_AREA_CODE;
    const part = (query.get('Contains') ?? '').replaceAll('*', '');
    const free = Array.from({ length: NUMBERS_PER_AREA }, (_, n) => `+1${area}5550${100 + n}`)
      .filter((number) => number.includes(part) && !numbers.owns(number))
      .slice(0, Number(query.get('PageSize') ?? 50));
    return context.json({ available_phone_numbers: free.map(formatAvailable) });
  });
  return routes;
}

const URL_FIELDS = {
  voiceUrl: 'VoiceUrl',
  voiceFallbackUrl: 'VoiceFallbackUrl',
  statusCallback: 'StatusCallback',
  smsUrl: 'SmsUrl',
} as const satisfies Record<keyof NumberUrls, string>;

/** What the form does not name stays as it was. */
function readUrls(form: URLSearchParams, before: NumberUrls = NO_URLS): NumberUrls {
  const urls = { ...before };
  for (const [key, field] of Object.entries(URL_FIELDS)) {
    const url = form.get(field);
    if (url === null) continue;
    if (url !== '' && !isAbsolute(url)) throw new TwilioError(21205, url);
    urls[key as keyof NumberUrls] = url;
  }
  return urls;
}

const NO_URLS: NumberUrls = { voiceUrl: '', voiceFallbackUrl: '', statusCallback: '', smsUrl: '' };

function formatNumber(row: NumberRow, accountSid: string) {
  return {
    sid: row.sid,
    account_sid: accountSid,
    phone_number: row.number,
    friendly_name: row.number,
    voice_url: row.voiceUrl,
    voice_method: 'POST',
    voice_fallback_url: row.voiceFallbackUrl,
    status_callback: row.statusCallback,
    sms_url: row.smsUrl,
    sms_method: 'POST',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: rfc2822(row.createdAt),
    uri: `/${API_VERSION}/Accounts/${accountSid}/IncomingPhoneNumbers/${row.sid}.json`,
  };
}

function formatAvailable(number: string) {
  return {
    phone_number: number,
    friendly_name: number,
    locality: 'San Francisco',
    region: 'CA',
    iso_country: 'US',
    capabilities: { voice: true, SMS: true, MMS: true },
  };
}
