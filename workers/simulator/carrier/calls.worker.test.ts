import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeMulawWav } from '../speech/wav.ts';
import { type Account, openAccount, order, rest, settle } from '../testing.ts';

const APP = 'https://app.test';
const wav = writeMulawWav(new Uint8Array(16_000).fill(0x33), 8000);

type Seen = { url: string; params: Record<string, string>; isSigned: boolean };

/** The application, in place of the network: asks one question, then says goodbye. */
function application(cacheControl: string) {
  const seen: Seen[] = [];
  let audioFetches = 0;
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input);
    if (url.pathname.startsWith('/audio/')) {
      audioFetches += 1;
      const headers = { 'content-type': 'audio/wav', 'cache-control': cacheControl };
      return new Response(wav, { headers });
    }
    const params = Object.fromEntries(new URLSearchParams(String(init.body)));
    const signature = new Headers(init.headers).get('x-twilio-signature') ?? '';
    seen.push({
      url: input,
      params,
      isSigned: validateRequest('secret', signature, input, params),
    });
    if (url.pathname === '/status') return new Response(null, { status: 204 });
    const inner =
      url.pathname === '/answer'
        ? '<Play>/audio/q.wav</Play>'
        : '<Gather numDigits="1" action="/answer"><Play>/audio/q.wav</Play></Gather>';
    return new Response(`<Response>${inner}</Response>`, {
      headers: { 'content-type': 'text/xml' },
    });
  });
  return { seen, audioFetches: () => audioFetches };
}

async function dial(account: Account, ...numbers: string[]): Promise<string[]> {
  const sids: string[] = [];
  for (const To of numbers) {
    const form = new URLSearchParams({
      To,
      From: '+14155550100',
      Url: `${APP}/voice?attempt=${To}`,
    });
    form.append('StatusCallback', `${APP}/status?attempt=1`);
    for (const event of ['initiated', 'ringing', 'answered', 'completed']) {
      form.append('StatusCallbackEvent', event);
    }
    const made = await rest(account, 'POST', '/Calls.json', form);
    sids.push((await made.json<{ sid: string }>()).sid);
  }
  return sids;
}

afterEach(() => vi.unstubAllGlobals());

describe('a whole call', () => {
  it('is dialled, talks, ends, and is logged and heard', async () => {
    const account = await openAccount();
    const callees = [{ number: '+14155550123', persona: 'presses-1' }];
    await order('PUT', `/accounts/${account.accountSid}/callees`, { callees });
    const { seen } = application('no-store');
    const [sid = ''] = await dial(account, '+14155550123');
    const summary = await settle(account);
    expect(summary.errors).toEqual([]);
    expect(seen.every((each) => each.isSigned)).toBe(true);
    expect(seen.find((each) => each.url === `${APP}/answer`)?.params.Digits).toBe('1');
    const statuses = seen.filter((each) => each.url.startsWith(`${APP}/status`));
    expect(statuses.map((each) => each.params.CallStatus)).toEqual([
      'initiated',
      'ringing',
      'in-progress',
      'completed',
    ]);

    const path = `/accounts/${account.accountSid}/calls/${sid}`;
    const log = await (await order('GET', `${path}/log`)).json<{ entries: { kind: string }[] }>();
    const kinds = new Set(log.entries.map((entry) => entry.kind));
    for (const kind of [
      'created',
      'dial',
      'status',
      'webhook',
      'document',
      'audio',
      'play',
      'gather',
    ]) {
      expect(kinds).toContain(kind);
    }
    const heard = new Uint8Array(await (await order('GET', `${path}/heard.wav`)).arrayBuffer());
    const played = heard.filter((code) => code === 0x33).length;
    expect(played).toBe(32_000);
    expect(heard.byteLength / 8000).toBeGreaterThan(3);
  });

  it('fetches audio once when it may keep it, else once a call', async () => {
    for (const { header, config, expected } of [
      { header: 'public, max-age=31536000, immutable', config: {}, expected: 1 },
      { header: 'no-store', config: {}, expected: 4 },
      { header: 'public, max-age=31536000', config: { audioCache: false }, expected: 4 },
    ]) {
      const account = await openAccount(config);
      const numbers = ['+14155550121', '+14155550122'];
      const callees = numbers.map((number) => ({ number, persona: 'presses-1' }));
      await order('PUT', `/accounts/${account.accountSid}/callees`, { callees });
      const { audioFetches } = application(header);
      await dial(account, numbers[0] ?? '');
      await settle(account);
      await dial(account, numbers[1] ?? '');
      await settle(account);
      expect(audioFetches()).toBe(expected);
    }
  });

  it('treats each attempt at a number as its persona says', async () => {
    const account = await openAccount();
    const callees = [{ number: '+14155550123', persona: 'busy-then-presses-1' }];
    await order('PUT', `/accounts/${account.accountSid}/callees`, { callees });
    application('no-store');
    await dial(account, '+14155550123');
    expect((await settle(account)).byStatus).toEqual({ busy: 1 });
    await dial(account, '+14155550123');
    expect((await settle(account)).byStatus).toEqual({ busy: 1, completed: 1 });
  });

  it('loses callbacks on demand', async () => {
    const account = await openAccount();
    await order('POST', '/faults', { kind: 'callback-drop', accountSid: account.accountSid });
    const { seen } = application('no-store');
    await dial(account, '+14155550123');
    const summary = await settle(account);
    expect(seen.some((each) => each.url.includes('/status'))).toBe(false);
    expect(summary.faults).toBeGreaterThan(1);
  });
});
