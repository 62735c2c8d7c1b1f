import { describe, expect, it } from 'vitest';
import { ask, openAccount, order, rest, settle } from '../testing.ts';

describe('control', () => {
  it('takes no orders without its token', async () => {
    expect((await ask('/_sim/health')).status).toBe(200);
    for (const authorization of ['', 'Bearer wrong', 'Bearer control-token ']) {
      const reply = await ask('/_sim/google', { headers: { authorization: `${authorization}x` } });
      expect(reply.status).toBe(401);
    }
  });

  it('names what is wrong with an order', async () => {
    const reply = await order('POST', '/accounts', { accountSid: 'AC1', authToken: 'x', speed: 1 });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toMatch(/accountSid|speed/);
    expect((await order('GET', '/accounts/nobody/summary')).status).toBe(400);
    expect((await order('POST', '/faults', { kind: 'create-429' })).status).toBe(400);
    const callees = { callees: [{ number: '+14155550123', persona: 'grumpy' }] };
    const { accountSid } = await openAccount();
    expect((await order('PUT', `/accounts/${accountSid}/callees`, callees)).status).toBe(400);
  });

  it('takes ten thousand callees at once', async () => {
    const { accountSid } = await openAccount();
    const callees = Array.from({ length: 10_000 }, (_, n) => ({
      number: `+1415${String(2_000_000 + n)}`,
      persona: n % 2 === 0 ? 'busy' : { attempts: [{ outcome: 'no-answer' }] },
    }));
    const reply = await order('PUT', `/accounts/${accountSid}/callees`, { callees });
    expect(await reply.json()).toEqual({ callees: 10_000 });
  });

  it('gives the log and the calls in pages', async () => {
    const account = await openAccount();
    for (const To of ['+14155550121', '+14155550122', '+14155550123']) {
      const Twiml = '<Response><Hangup/></Response>';
      await rest(account, 'POST', '/Calls.json', { To, From: '+14155550100', Twiml });
    }
    await settle(account);
    const path = `/accounts/${account.accountSid}`;
    const page = await order('GET', `${path}/calls?limit=2`);
    const { calls, next } = await page.json<{ calls: object[]; next: number }>();
    expect(calls).toHaveLength(2);
    const rest2 = await (await order('GET', `${path}/calls?limit=2&cursor=${next}`)).json();
    expect(rest2).toMatchObject({ calls: [{ to: '+14155550123' }], next: null });
    const log = await order('GET', `${path}/log?limit=3`);
    const first = await log.json<{ entries: { id: number }[]; next: number }>();
    const more = await order('GET', `${path}/log?after=${first.next}&limit=1`);
    const second = await more.json<{ entries: { id: number }[] }>();
    expect(second.entries[0]?.id).toBeGreaterThan(first.entries[2]?.id ?? Infinity);
    expect(await (await order('GET', `${path}/calls/CA0/heard.wav`)).json()).toEqual({
      error: 'No such call',
    });
  });
});
