import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import type { Ringing } from '../callee/persona.ts';
import { ANSWERS, type Answering, type App, callSpec, stage } from './testing.ts';

const twiml = (inner: string) => ({ body: `<Response>${inner}</Response>` });
const say: App = () => twiml('<Say>Hello</Say>');
const answering = (rest: Partial<Answering>): Ringing => ({ ...ANSWERS, ...rest });

describe('a call', () => {
  it('goes from queued to completed and tells the application', async () => {
    const { call, statuses, webhooks, patches } = stage(callSpec(), say);
    await call.run();
    expect(statuses()).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
    const callbacks = webhooks.filter((each) => each.url === 'https://app.test/status');
    expect(callbacks.map((each) => [each.params.SequenceNumber, each.params.CallStatus])).toEqual([
      ['0', 'initiated'],
      ['1', 'ringing'],
      ['2', 'in-progress'],
      ['3', 'completed'],
    ]);
    expect(callbacks.at(-1)?.params).toMatchObject({
      CallDuration: '1',
      Duration: '1',
      CallbackSource: 'call-progress-events',
      Timestamp: expect.stringMatching(/^Mon, 05 Jan 2026 12:00:\d\d \+0000$/),
    });
    expect(patches.at(-1)).toMatchObject({ status: 'completed', durationSeconds: 1 });
  });

  it('signs every request, empty values and repeated runs included', async () => {
    const { call, webhooks } = stage(callSpec(), say);
    await call.run();
    for (const { signature, url, params } of webhooks) {
      expect(params.ToCity).toBe('');
      expect(validateRequest('12345', signature, url, params)).toBe(true);
      expect(validateRequest('other', signature, url, params)).toBe(false);
    }
  });

  it('asks with GET when told to, the parameters in the signed URL', async () => {
    const { call, webhooks } = stage(callSpec({ method: 'GET' }), say);
    await call.run();
    const asked = webhooks.find((each) => each.method === 'GET');
    expect(asked?.url).toContain('https://app.test/voice?attempt=a1&AccountSid=AC2');
    expect(validateRequest('12345', asked?.signature ?? '', asked?.url ?? '', {})).toBe(true);
  });

  it('sends only the callbacks that were asked for', async () => {
    const spec = callSpec({ statusCallbackEvents: ['completed'] });
    const { call, webhooks } = stage(spec, say);
    await call.run();
    expect(webhooks.filter((each) => each.url.endsWith('/status'))).toHaveLength(1);
  });

  const ends: { name: string; ringing: Ringing; status: string; sip: string }[] = [
    { name: 'busy', ringing: { outcome: 'busy', ringSeconds: 1 }, status: 'busy', sip: '486' },
    { name: 'no-answer', ringing: { outcome: 'no-answer' }, status: 'no-answer', sip: '487' },
    { name: 'failed', ringing: { outcome: 'failed', sipCode: 404 }, status: 'failed', sip: '404' },
    {
      name: 'answered too late',
      ringing: answering({ ringSeconds: 61 }),
      status: 'no-answer',
      sip: '487',
    },
  ];
  it.each(ends)('ends as $status when $name', async ({ ringing, status, sip }) => {
    const { call, webhooks, statuses } = stage(callSpec({ ringing }), say);
    await call.run();
    expect(statuses().at(-1)).toBe(status);
    expect(webhooks.at(-1)?.params).toMatchObject({ CallStatus: status, SipResponseCode: sip });
    expect(webhooks.at(-1)?.params).not.toHaveProperty('CallDuration');
    expect(webhooks.some((each) => each.url.includes('/voice'))).toBe(false);
  });

  it('only tells about a call that was cancelled in the queue', async () => {
    const { call, webhooks } = stage(callSpec({ isCanceled: true }), say);
    await call.run();
    expect(webhooks.map((each) => each.params.CallStatus)).toEqual(['canceled']);
  });

  it('can be cancelled while it rings, not later', async () => {
    const { call, clock, statuses } = stage(callSpec(), say);
    clock.at(2500, () => expect(call.command({ kind: 'cancel' })).toBe(true));
    await call.run();
    expect(statuses()).toEqual(['initiated', 'ringing', 'canceled']);
    expect(call.command({ kind: 'cancel' })).toBe(false);
  });

  it('refuses to cancel a live call, but hangs it up', async () => {
    const { call, clock, statuses, of } = stage(callSpec(), () => twiml('<Pause length="60"/>'));
    clock.at(10_000, () => {
      expect(call.command({ kind: 'cancel' })).toBe(false);
      expect(call.command({ kind: 'hang-up' })).toBe(true);
    });
    await call.run();
    expect(statuses().at(-1)).toBe('completed');
    expect(of('hang-up')).toEqual([{ by: 'application' }]);
  });

  it('is redirected to another document while it talks', async () => {
    const app: App = ({ url }) =>
      url.endsWith('/other') ? twiml('<Say>Other</Say>') : twiml('<Pause length="60"/>');
    const { call, clock, of } = stage(callSpec(), app);
    const command = { kind: 'redirect', url: 'https://app.test/other', method: 'POST' } as const;
    expect(call.command(command)).toBe(false);
    clock.at(10_000, () => expect(call.command(command)).toBe(true));
    await call.run();
    expect(of('say')).toMatchObject([{ text: 'Other' }]);
  });

  it('is cut at its time limit', async () => {
    const app: App = () => twiml('<Pause length="600"/>');
    const { call, patches, of } = stage(callSpec({ timeLimitSeconds: 30 }), app);
    await call.run();
    expect(of('hang-up')).toEqual([{ by: 'time-limit' }]);
    expect(patches.at(-1)).toMatchObject({ status: 'completed', durationSeconds: 30 });
  });

  it('ends when the callee hangs up in the middle, with what was heard until then', async () => {
    const app: App = () => twiml('<Play>/a.wav</Play><Play>/a.wav</Play>');
    const ringing = answering({ hangUpAfterSeconds: 4 });
    const { call, of, patches } = stage(callSpec({ ringing }), app);
    await call.run();
    expect(of('play').map(({ atMs, heardMs, isCut }) => [atMs, heardMs, isCut])).toEqual([
      [0, 3000, false],
      [3000, 1000, true],
    ]);
    expect(of('hang-up')).toEqual([{ by: 'callee' }]);
    expect(patches.at(-1)).toMatchObject({ status: 'completed', durationSeconds: 4 });
  });

  it('runs faster on the wall but lasts as long for the callee', async () => {
    const app: App = () => twiml('<Pause length="60"/>');
    const { call, clock, patches } = stage(callSpec({ scale: 20 }), app);
    const startedAt = clock.now();
    await call.run();
    expect(patches.at(-1)).toMatchObject({ durationSeconds: 60 });
    expect(clock.now() - startedAt).toBeLessThan(4000);
  });
});

describe('a document that fails', () => {
  const failures: { name: string; app: App; code: number }[] = [
    { name: 'HTTP 500', app: () => ({ status: 500 }), code: 11200 },
    { name: 'a broken connection', app: () => 'ct', code: 11200 },
    { name: 'no answer in time', app: () => 'rt', code: 11200 },
    { name: 'broken XML', app: () => ({ body: '<Response>' }), code: 12100 },
    { name: 'an unknown verb', app: () => twiml('<Shout/>'), code: 12200 },
    { name: 'a wrong content type', app: () => ({ type: 'text/plain', body: 'x' }), code: 12300 },
    { name: 'a huge body', app: () => ({ body: ' '.repeat(70_000) }), code: 11750 },
    { name: 'a verb that is not simulated', app: () => twiml('<Dial>+1</Dial>'), code: 12200 },
  ];
  it.each(failures)('apologises and hangs up after $name', async ({ app, code }) => {
    const voice: App = (webhook) => (webhook.url.includes('/voice') ? app(webhook) : {});
    const { call, of, statuses } = stage(callSpec(), voice);
    await call.run();
    expect(of('error').at(-1)).toMatchObject({ code });
    expect(of('say')).toMatchObject([{ text: expect.stringContaining('application error') }]);
    expect(statuses().at(-1)).toBe('completed');
  });

  it('asks the fallback address first, saying why', async () => {
    const app: App = ({ url }) =>
      url.includes('/fallback') ? twiml('<Say>Sorry</Say>') : { status: 503 };
    const { call, webhooks, of } = stage(
      callSpec({ fallbackUrl: 'https://app.test/fallback' }),
      app,
    );
    await call.run();
    expect(webhooks.find((each) => each.url.includes('/fallback'))?.params).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: 'https://app.test/voice?attempt=a1',
    });
    expect(of('say')).toMatchObject([{ text: 'Sorry' }]);
  });

  it('retries as the fragment says, with the same token, and never sends the fragment', async () => {
    let count = 0;
    const app: App = ({ url }) => {
      if (!url.includes('/voice')) return {};
      count += 1;
      return count < 3 ? { status: 500 } : twiml('<Say>Hello</Say>');
    };
    const { call, webhooks, of } = stage(
      callSpec({ url: 'https://app.test/voice#rc=3&rp=5xx' }),
      app,
    );
    await call.run();
    const asked = webhooks.filter((each) => each.url.includes('/voice'));
    expect(asked.map((each) => each.url)).toEqual(Array(3).fill('https://app.test/voice'));
    expect(new Set(asked.map((each) => each.token)).size).toBe(1);
    expect(of('webhook')).toMatchObject([{ status: 200, tries: 3 }]);
  });

  it('does not spin for ever', async () => {
    const { call, of } = stage(callSpec(), () => twiml('<Redirect/>'));
    await call.run();
    expect(of('error').at(-1)?.message).toContain('More than 500 documents');
  });
});

describe('faults in callbacks', () => {
  it('drops, duplicates and delays them', async () => {
    const plans = [
      [{ kind: 'callback-drop', delayMs: 0 }],
      [{ kind: 'callback-duplicate', delayMs: 0 }],
      [{ kind: 'callback-delay', delayMs: 500 }],
      [],
    ] as const;
    let next = 0;
    const drawCallbackFaults = async () => plans[next++] ?? [];
    const { call, webhooks } = stage(callSpec(), say, { drawCallbackFaults });
    await call.run();
    const sent = webhooks.filter((each) => each.url.endsWith('/status'));
    expect(sent.map((each) => each.params.SequenceNumber).sort()).toEqual(['1', '1', '2', '3']);
    const twice = sent.filter((each) => each.params.SequenceNumber === '1');
    expect(twice[0]?.token).toBe(twice[1]?.token);
  });
});
