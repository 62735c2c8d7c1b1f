import { describe, expect, test } from 'vitest';
import type { Fetch } from '../shared/fetch.ts';
import type { CreateCallInput } from './carrier.ts';
import { TwilioCarrier } from './twilio-carrier.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const SID = `CA${'1'.repeat(32)}`;
const TOKEN = 'hunter2';
const INPUT: CreateCallInput = {
  to: '+15005550006',
  from: '+15005550001',
  url: 'https://destiny.test/voice/t/ten_1/c/call_1/turn/0#rc=2',
  statusCallback: 'https://destiny.test/voice/t/ten_1/c/call_1/status',
  timeoutSeconds: 20,
  timeLimitSeconds: 600,
};
const CALL = {
  sid: SID,
  to: '+15005550006',
  from: '+15005550001',
  status: 'queued',
  direction: 'outbound-api',
  date_created: 'Sun, 22 Nov 2026 12:00:00 +0000',
  start_time: null,
  end_time: null,
  duration: null,
  price: null,
  price_unit: 'USD',
  queue_time: '1500',
};

function carrierWith(answer: Fetch, timeoutMs = 1000) {
  const requests: { method: string; url: string; body: string; headers: Headers }[] = [];
  const carrier = new TwilioCarrier({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    baseUrl: 'https://twilio.test',
    timeoutMs,
    fetch: async (request) => {
      const { method, url, headers } = request;
      requests.push({ method, url, headers, body: await request.clone().text() });
      return answer(request);
    },
  });
  return { carrier, requests };
}

const json = (body: unknown, status = 200) =>
  carrierWith(async () => Response.json(body, { status }));

describe('createCall', () => {
  test('posts exactly this form, with Basic authorisation', async () => {
    const { carrier, requests } = json(CALL, 201);
    expect(await carrier.createCall(INPUT)).toEqual({
      kind: 'accepted',
      sid: SID,
      status: 'queued',
      queueTimeMs: 1500,
    });
    const [request] = requests;
    expect(request?.method).toBe('POST');
    expect(request?.url).toBe(`https://twilio.test/2010-04-01/Accounts/${ACCOUNT}/Calls.json`);
    expect(request?.headers.get('authorization')).toBe(`Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`);
    expect(request?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
    expect(request?.body).toBe(
      'To=%2B15005550006&From=%2B15005550001' +
        '&Url=https%3A%2F%2Fdestiny.test%2Fvoice%2Ft%2Ften_1%2Fc%2Fcall_1%2Fturn%2F0%23rc%3D2' +
        '&Method=POST' +
        '&StatusCallback=https%3A%2F%2Fdestiny.test%2Fvoice%2Ft%2Ften_1%2Fc%2Fcall_1%2Fstatus' +
        '&StatusCallbackMethod=POST&Timeout=20&TimeLimit=600' +
        '&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing' +
        '&StatusCallbackEvent=answered&StatusCallbackEvent=completed',
    );
  });

  test('sends what was asked beyond that', async () => {
    const { carrier, requests } = json(CALL, 201);
    await carrier.createCall({
      ...INPUT,
      fallbackUrl: 'https://destiny.test/fallback',
      machineDetection: {
        mode: 'DetectMessageEnd',
        timeoutSeconds: 20,
        asyncCallback: 'https://destiny.test/amd',
      },
      record: { channels: 'dual', statusCallback: 'https://destiny.test/recording' },
    });
    const form = Object.fromEntries(new URLSearchParams(requests[0]?.body));
    expect(form).toMatchObject({
      FallbackUrl: 'https://destiny.test/fallback',
      MachineDetection: 'DetectMessageEnd',
      MachineDetectionTimeout: '20',
      AsyncAmd: 'true',
      AsyncAmdStatusCallback: 'https://destiny.test/amd',
      Record: 'true',
      RecordingChannels: 'dual',
      RecordingStatusCallback: 'https://destiny.test/recording',
      RecordingStatusCallbackEvent: 'completed absent',
    });
  });

  test('refuses to ring for less than 15 seconds', async () => {
    const { carrier, requests } = json(CALL, 201);
    await expect(carrier.createCall({ ...INPUT, timeoutSeconds: 14 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(requests).toEqual([]);
  });

  test.each([
    [400, 21211, 'contact'],
    [400, 21215, 'account'],
    [401, 20003, 'account'],
    [400, 10004, 'retryable'],
    [400, 21999, 'bug'],
  ])('HTTP %i with code %i is rejected as %s', async (status, code, errorClass) => {
    const { carrier } = json({ code, message: 'A sentence.', status }, status);
    expect(await carrier.createCall(INPUT)).toEqual({
      kind: 'rejected',
      errorClass,
      code,
      httpStatus: status,
      message: 'A sentence.',
    });
  });

  test("a 4xx without Twilio's error body is rejected by its status", async () => {
    const { carrier } = carrierWith(async () => new Response('<html>', { status: 403 }));
    expect(await carrier.createCall(INPUT)).toMatchObject({
      kind: 'rejected',
      errorClass: 'account',
      code: null,
    });
  });

  test('429 was never processed', async () => {
    const { carrier } = json({ code: 20429, message: 'Too many requests.' }, 429);
    expect(await carrier.createCall(INPUT)).toEqual({
      kind: 'rate_limited',
      code: 20429,
      message: 'Too many requests.',
    });
  });

  const hang: Fetch = (request) =>
    new Promise((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason));
    });
  const broken = () =>
    new Response(
      new ReadableStream({ start: (controller) => controller.error(new Error('reset')) }),
      { status: 201 },
    );

  test.each<[string, Fetch, string, number?]>([
    ['no answer in time', hang, 'timeout', 1],
    ['a network failure', () => Promise.reject(new TypeError('x')), 'network failure'],
    ['a body that breaks off', async () => broken(), 'network failure'],
    ['HTTP 500', async () => new Response('', { status: 500 }), 'HTTP 500'],
    [
      'HTTP 503 with a code',
      async () => Response.json({ code: 20503 }, { status: 503 }),
      'HTTP 503',
    ],
    ['HTTP 408', async () => new Response('', { status: 408 }), 'HTTP 408'],
    ['a redirect', async () => new Response('', { status: 302 }), 'HTTP 302'],
    [
      'a 201 that is not JSON',
      async () => new Response('ok', { status: 201 }),
      'HTTP 201 without a call',
    ],
    [
      'a 201 with a null body',
      async () => Response.json(null, { status: 201 }),
      'HTTP 201 without a call',
    ],
    [
      'a 201 without a SID',
      async () => Response.json({ ...CALL, sid: 5 }, { status: 201 }),
      'HTTP 201 without a call',
    ],
    [
      'a 201 with a strange status',
      async () => Response.json({ ...CALL, status: 'x' }, { status: 201 }),
      'HTTP 201 without a call',
    ],
  ])('%s leaves it unknown and is not sent again', async (_name, answer, reason, timeoutMs) => {
    const { carrier, requests } = carrierWith(answer, timeoutMs);
    expect(await carrier.createCall(INPUT)).toEqual({ kind: 'unknown', reason });
    expect(requests).toHaveLength(1);
  });
});

describe('updateCall', () => {
  test('cancels', async () => {
    const { carrier, requests } = json({ ...CALL, status: 'canceled' });
    expect(await carrier.updateCall(SID, { status: 'canceled' })).toEqual({
      kind: 'updated',
      status: 'canceled',
    });
    expect(requests[0]).toMatchObject({
      url: `https://twilio.test/2010-04-01/Accounts/${ACCOUNT}/Calls/${SID}.json`,
      body: 'Status=canceled',
    });
  });

  test('redirects', async () => {
    const { carrier, requests } = json({ ...CALL, status: 'in-progress' });
    await carrier.updateCall(SID, { url: 'https://destiny.test/a b' });
    expect(requests[0]?.body).toBe('Url=https%3A%2F%2Fdestiny.test%2Fa+b&Method=POST');
  });

  test('a call that is over is too late', async () => {
    const { carrier } = json({ code: 21220, message: 'Call is not in-progress.' }, 400);
    expect(await carrier.updateCall(SID, { status: 'completed' })).toEqual({ kind: 'too_late' });
  });

  test.each([
    [429, 'rate_limited'],
    [404, 'rejected'],
    [500, 'unknown'],
  ])('HTTP %i is %s', async (status, kind) => {
    const { carrier } = json({ message: 'x' }, status);
    expect(await carrier.updateCall(SID, { status: 'canceled' })).toMatchObject({ kind });
  });
});

describe('fetchCall', () => {
  test('reads times, numbers and price', async () => {
    const { carrier } = json({
      ...CALL,
      status: 'completed',
      start_time: 'Sun, 22 Nov 2026 12:00:05 +0000',
      end_time: 'Sun, 22 Nov 2026 12:00:20 +0000',
      duration: '15',
      price: '-0.01400',
    });
    expect(await carrier.fetchCall(SID)).toEqual({
      sid: SID,
      to: '+15005550006',
      from: '+15005550001',
      status: 'completed',
      direction: 'outbound-api',
      createdAt: Date.UTC(2026, 10, 22, 12, 0, 0),
      startedAt: Date.UTC(2026, 10, 22, 12, 0, 5),
      endedAt: Date.UTC(2026, 10, 22, 12, 0, 20),
      durationSeconds: 15,
      price: '-0.01400',
      priceUnit: 'USD',
      queueTimeMs: 1500,
    });
  });

  test('a call that is not there is null', async () => {
    expect(await json({ code: 20404 }, 404).carrier.fetchCall(SID)).toBeNull();
  });

  test.each([
    ['HTTP 500', { message: 'Down.' }, 500, 'Down.'],
    ['no call', { sid: 'x' }, 200, 'no call'],
    ['no JSON object', null, 200, 'not JSON'],
  ])('%s is carrier_failed', async (_name, body, status, message) => {
    await expect(json(body, status).carrier.fetchCall(SID)).rejects.toMatchObject({
      code: 'carrier_failed',
      message: expect.stringContaining(message),
    });
  });
});

describe('listCalls', () => {
  const sid = (i: number) => `CA${String(i).padStart(32, '0')}`;
  const list = (next: (page: number) => unknown) =>
    carrierWith(async (request) => {
      const page = Number(new URL(request.url).searchParams.get('Page') ?? 0);
      return Response.json({ calls: [{ ...CALL, sid: sid(page) }], next_page_uri: next(page) });
    });
  const pageUri = (page: number) => `/2010-04-01/Accounts/${ACCOUNT}/Calls.json?Page=${page}`;

  test('reads all pages of the account to one number, without a status', async () => {
    const { carrier, requests } = list((page) => (page < 2 ? pageUri(page + 1) : null));
    const calls = await carrier.listCalls({ to: '+15005550006' });
    expect(calls.map((call) => call.sid)).toEqual([0, 1, 2].map(sid));
    expect(requests[0]?.url).toBe(
      `https://twilio.test/2010-04-01/Accounts/${ACCOUNT}/Calls.json?To=%2B15005550006&PageSize=1000`,
    );
  });

  test.each([
    'https://evil.test/2010-04-01/Accounts/x/Calls.json?Page=1',
    '//evil.test/x',
    '@evil.test/x',
    `/2010-04-01/Accounts/AC${'9'.repeat(32)}/Calls.json?Page=1`,
    5,
  ])('a next page at %j is not followed', async (uri) => {
    const { carrier, requests } = list(() => uri);
    await expect(carrier.listCalls({ to: '+1' })).rejects.toMatchObject({ code: 'carrier_failed' });
    expect(requests).toHaveLength(1);
  });

  test('a list without an end is carrier_failed', async () => {
    const { carrier } = list((page) => pageUri(page + 1));
    await expect(carrier.listCalls({ to: '+1' })).rejects.toMatchObject({ code: 'carrier_failed' });
  });

  test('a page that fails fails the whole listing', async () => {
    const { carrier } = carrierWith(async (request) =>
      request.url.includes('Page=1')
        ? new Response('', { status: 503 })
        : Response.json({ calls: [CALL], next_page_uri: pageUri(1) }),
    );
    await expect(carrier.listCalls({ to: '+1' })).rejects.toMatchObject({
      code: 'carrier_failed',
      details: { httpStatus: 503 },
    });
  });

  test.each([
    ['no calls field', {}],
    ['an item that is no call', { calls: [{}] }],
  ])('%s is carrier_failed, not an empty list', async (_name, body) => {
    await expect(json(body).carrier.listCalls({ to: '+1' })).rejects.toMatchObject({
      code: 'carrier_failed',
    });
  });

  test('startedAfter leaves out older calls, never queued ones without a time', async () => {
    const at = (iso: string) => new Date(iso).toUTCString().replace('GMT', '+0000');
    const { carrier } = json({
      calls: [
        { ...CALL, sid: sid(1), date_created: null },
        { ...CALL, sid: sid(2), start_time: at('2026-11-22T11:59:59Z') },
        { ...CALL, sid: sid(3), start_time: at('2026-11-22T12:00:01Z') },
        { ...CALL, sid: sid(4), date_created: at('2026-11-21T12:00:00Z') },
      ],
      next_page_uri: null,
    });
    const calls = await carrier.listCalls({
      to: '+1',
      startedAfter: Date.UTC(2026, 10, 22, 12, 0, 0),
    });
    expect(calls.map((call) => call.sid)).toEqual([sid(1), sid(3)]);
  });
});

test.each([
  ['an account SID that is none', { accountSid: 'AC1' }, 'Set the Twilio account SID'],
  ['a base URL that is none', { baseUrl: 'twilio.test' }, "Set Twilio's base URL"],
])('%s is refused at once', (_name, options, message) => {
  const fetch = () => Promise.reject(new Error('not reached'));
  const make = () =>
    new TwilioCarrier({ accountSid: ACCOUNT, authToken: TOKEN, fetch, ...options });
  expect(make).toThrow(message);
});

test('the token is in nothing that could be logged', () => {
  const { carrier } = json(CALL);
  expect(JSON.stringify(carrier)).not.toContain(TOKEN);
  expect(String(carrier)).not.toContain(TOKEN);
});
