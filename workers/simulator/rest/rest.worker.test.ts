import { describe, expect, it } from 'vitest';
import { type Account, openAccount, order, rest, settle } from '../testing.ts';

const call = (to: string, more: Record<string, string> = {}) => ({
  To: to,
  From: '+14155550100',
  Twiml: '<Response><Say>Hi</Say></Response>',
  ...more,
});
const create = (account: Account, to: string, more: Record<string, string> = {}) =>
  rest(account, 'POST', '/Calls.json', call(to, more));
type Call = { sid: string; status: string; to: string } & Record<string, unknown>;

describe('Calls', () => {
  it('creates a call that can be read', async () => {
    const account = await openAccount();
    const reply = await create(account, '+14155550123');
    expect(reply.status).toBe(201);
    const body = await reply.json<Call>();
    expect(body).toMatchObject({
      sid: expect.stringMatching(/^CA[\da-f]{32}$/),
      account_sid: account.accountSid,
      status: expect.stringMatching(/^(queued|ringing)$/),
      to: '+14155550123',
      to_formatted: '(415) 555-0123',
      direction: 'outbound-api',
      price: null,
      uri: `/2010-04-01/Accounts/${account.accountSid}/Calls/${body.sid}.json`,
    });
    const read = await (await rest(account, 'GET', `/Calls/${body.sid}.json`)).json<Call>();
    expect(read.sid).toBe(body.sid);
    await settle(account);
  });

  it('refuses in Twilio’s words', async () => {
    const account = await openAccount();
    const reply = await create(account, '+15005550001');
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      code: 21217,
      message: 'Phone number does not appear to be valid: +15005550001',
      more_info: 'https://www.twilio.com/docs/errors/21217',
      status: 400,
    });
  });

  it('refuses a number whose persona is invalid', async () => {
    const account = await openAccount();
    const callees = [{ number: '+14155550123', persona: 'invalid' }];
    await order('PUT', `/accounts/${account.accountSid}/callees`, { callees });
    expect(await (await create(account, '+14155550123')).json()).toMatchObject({ code: 21217 });
  });

  it('knows nobody with a wrong token, and no unknown account', async () => {
    const account = await openAccount();
    const others = [
      { ...account, authToken: 'wrong' },
      { accountSid: `AC${'f'.repeat(32)}`, authToken: 'secret' },
    ];
    for (const other of others) {
      const reply = await create(other, '+14155550123');
      expect(reply.status).toBe(401);
      expect(await reply.json()).toMatchObject({ code: 20003, message: 'Authenticate' });
    }
  });

  it('answers 20404 for what it does not have', async () => {
    const account = await openAccount();
    for (const path of ['/Messages/SM1.json', '/Calls/CA1.json', '/Queues.json']) {
      expect(await (await rest(account, 'GET', path)).json()).toMatchObject({ code: 20404 });
    }
  });

  it('answers 20429 above its concurrent requests, and processes none of them', async () => {
    const account = await openAccount({ maxConcurrentRequests: 3 });
    const numbers = Array.from({ length: 8 }, (_, n) => `+1415555010${n}`);
    const replies = await Promise.all(numbers.map((number) => create(account, number)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([
      201, 201, 201, 429, 429, 429, 429, 429,
    ]);
    const refused = replies.find((reply) => reply.status === 429);
    expect(await refused?.json()).toMatchObject({ code: 20429 });
    const { calls } = await settle(account);
    expect(calls).toBe(3);
  });

  it('answers 10004 above its concurrent calls', async () => {
    const account = await openAccount({ maxConcurrentCalls: 1, timeScale: 1 });
    expect((await create(account, '+14155550123')).status).toBe(201);
    expect(await (await create(account, '+14155550124')).json()).toMatchObject({ code: 10004 });
  });

  it('lists pages, newest first, and filters', async () => {
    const account = await openAccount();
    for (let n = 0; n < 5; n += 1) await create(account, `+1415555012${n}`);
    const first = await rest(account, 'GET', '/Calls.json?PageSize=2');
    const page = await first.json<{ calls: Call[]; next_page_uri: string | null }>();
    expect(page.calls.map((each) => each.to)).toEqual(['+14155550124', '+14155550123']);
    const seen: string[] = [];
    for (let uri: string | null = page.next_page_uri; uri !== null; ) {
      const path = uri.replace(`/2010-04-01/Accounts/${account.accountSid}`, '');
      const next = await rest(account, 'GET', path);
      const body = await next.json<{ calls: Call[]; next_page_uri: string | null }>();
      seen.push(...body.calls.map((each) => each.to));
      uri = body.next_page_uri;
    }
    expect(seen).toEqual(['+14155550122', '+14155550121', '+14155550120']);
    const filtered = await rest(
      account,
      'GET',
      '/Calls.json?To=%2B14155550121&From=%2B14155550100',
    );
    expect((await filtered.json<{ calls: Call[] }>()).calls).toHaveLength(1);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const later = await rest(account, 'GET', `/Calls.json?StartTime%3E=${tomorrow}`);
    expect((await later.json<{ calls: Call[] }>()).calls).toEqual([]);
    await settle(account);
  });

  it('cancels what waits in the queue, and it is never dialled', async () => {
    const account = await openAccount({ cps: 1 });
    await create(account, '+14155550121');
    const waiting = await (await create(account, '+14155550122')).json<Call>();
    expect(waiting.status).toBe('queued');
    const canceled = await rest(account, 'POST', `/Calls/${waiting.sid}.json`, {
      Status: 'canceled',
    });
    expect(await canceled.json()).toMatchObject({ status: 'canceled', start_time: null });
    const again = await rest(account, 'POST', `/Calls/${waiting.sid}.json`, { Status: 'canceled' });
    expect(await again.json()).toMatchObject({ code: 21220, status: 400 });
    await settle(account);
  });

  it('hangs up a live call', async () => {
    const account = await openAccount({ timeScale: 1 });
    const callees = [
      { number: '+14155550123', persona: { attempts: [{ outcome: 'answers', ringSeconds: 0 }] } },
    ];
    await order('PUT', `/accounts/${account.accountSid}/callees`, { callees });
    const twiml = '<Response><Pause length="60"/></Response>';
    const made = await create(account, '+14155550123', { Twiml: twiml });
    const { sid } = await made.json<Call>();
    const read = async () => (await rest(account, 'GET', `/Calls/${sid}.json`)).json<Call>();
    let seen = await read();
    for (let tries = 0; seen.status !== 'in-progress' && tries < 50; tries += 1)
      seen = await read();
    const ended = await rest(account, 'POST', `/Calls/${sid}.json`, { Status: 'completed' });
    expect(await ended.json()).toMatchObject({ status: 'completed' });
  });

  it('dials at the pace of the account', async () => {
    const account = await openAccount({ cps: 20 });
    const numbers = Array.from({ length: 10 }, (_, n) => `+1415555013${n}`);
    await Promise.all(numbers.map((number) => create(account, number)));
    await settle(account);
    const list = await order('GET', `/accounts/${account.accountSid}/calls`);
    const { calls } = await list.json<{ calls: { startedAt: number; queueTime: number }[] }>();
    const starts = calls.map((each) => each.startedAt).sort((a, b) => a - b);
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(38);
    expect(Math.max(...calls.map((each) => each.queueTime))).toBeGreaterThan(380);
  });
});

describe('faults', () => {
  const fault = (account: Account, rule: Record<string, unknown>) =>
    order('POST', '/faults', { accountSid: account.accountSid, count: 1, ...rule });

  it('answers 429 without making the call', async () => {
    const account = await openAccount();
    await fault(account, { kind: 'create-429' });
    expect((await create(account, '+14155550123')).status).toBe(429);
    expect((await create(account, '+14155550123')).status).toBe(201);
    expect((await settle(account)).calls).toBe(1);
  });

  it('answers 500 although it makes the call', async () => {
    const account = await openAccount();
    await fault(account, { kind: 'create-500-after-accept' });
    expect((await create(account, '+14155550123')).status).toBe(500);
    expect((await settle(account)).calls).toBe(1);
  });

  it('breaks the connection in the answer although it makes the call', async () => {
    const account = await openAccount();
    await fault(account, { kind: 'create-reply-lost' });
    const reply = await create(account, '+14155550123');
    await expect(reply.text()).rejects.toThrow();
    expect((await settle(account)).calls).toBe(1);
  });

  it('is out, refuses the token, and is well again when cleared', async () => {
    const account = await openAccount();
    await fault(account, { kind: 'outage', count: 10 });
    expect((await rest(account, 'GET', '/Calls.json')).status).toBe(503);
    await order('DELETE', `/faults?accountSid=${account.accountSid}&kind=outage`);
    await fault(account, { kind: 'rest-401' });
    expect((await rest(account, 'GET', '/Calls.json')).status).toBe(401);
    expect((await rest(account, 'GET', '/Calls.json')).status).toBe(200);
  });
});
