import { describe, expect, test } from 'vitest';
import { START_MS, talk } from '../flow/talk.fixture.ts';
import type { Flow, FlowInput, Variables } from '../flow/types.ts';
import { compileScript } from './compile.ts';

async function flowOf(source: string): Promise<Flow> {
  const { flow, diagnostics } = await compileScript(source);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return flow ?? expect.fail('no flow');
}

async function said(source: string, inputs: readonly (string | FlowInput)[], contact?: Variables) {
  return talk(await flowOf(source), inputs, contact).lines;
}

const result = (event: 'ok' | 'error' | 'answered' | 'busy' | 'machine', data = {}): FlowInput => ({
  type: 'result',
  event,
  data,
});

describe('@capture', () => {
  const PIN = `[start]
What is your code?
@capture code digits 4 "Four digits, please."
-> "skip": skipped
-> ok: read_back
-> invalid: END #invalid
-> no-input: END #silent

[read_back]
Your code is {{code:digits}}. Is that right?
-> @yes: END #right
-> @no: start

[skipped]
Never mind then.
-> END #skipped`;

  test.each([
    [['1234'], 'Your code is one two three four. Is that right?'],
    [['one two three four'], 'Your code is one two three four. Is that right?'],
    [['12'], 'Four digits, please.'],
    [[''], 'Four digits, please.'],
    [['skip'], 'Never mind then.'],
    [['say that again'], 'What is your code?'],
    [['12', '', 'what'], 'What is your code?'],
    [['12', 'hm', '1'], '#invalid'],
    [['', '', ''], '#silent'],
    [['stop calling me'], 'suppress'],
  ])('%j', async (inputs, line) => expect(await said(PIN, inputs)).toContain(line));

  test('listens for as many digits as it wants', async () => {
    const listen = talk(await flowOf(PIN), []).effects.at(-1);
    const capture = { kind: 'digits', isSensitive: false };
    expect(listen).toMatchObject({ type: 'listen', keys: [], maxDigits: 4, capture });
  });

  test('a date is heard by the clock of the zone and spoken by its format', async () => {
    const source = `@timezone America/New_York
[start]
Which day?
@capture day date
-> ok: done
-> else: END

[done]
See you on {{day:date}}.
-> END`;
    expect(START_MS).toBe(Date.UTC(2026, 10, 18, 11, 6, 40));
    expect(await said(source, ['tomorrow'])).toEqual([
      'See you on Thursday, November nineteenth.',
      'hangup',
    ]);
  });

  test('what is sensitive is nowhere written down', async () => {
    const flow = await flowOf(`[start]
Your card number, please.
@capture card digits 4 sensitive
-> ok: END
-> else: END`);
    const { effects } = talk(flow, ['4711']);
    expect(JSON.stringify(effects)).not.toContain('4711');
    expect(effects).toContainEqual(
      expect.objectContaining({ type: 'utterance', text: '[withheld]' }),
    );
  });

  test('yes or no is kept as true or false', async () => {
    const source = `[start]
Are you over 18?
@capture adult yesno
-> ok: yes if adult
-> else: END #minor

[yes]
Fine.
-> END #adult`;
    expect(await said(source, ['yes I am'])).toContain('#adult');
    expect(await said(source, ['no'])).toContain('#minor');
  });
});

describe('@transfer and @voicemail', () => {
  const SCRIPT = `[start]
One moment.
@transfer "+15551234567" timeout 25s
-> answered: END #talked
-> busy, no-answer: message
-> failed: END #failed

[message]
Nobody is free. Leave a message.
@voicemail max 90s
-> ok: END #message
-> no-input: END #none`;

  test('hand over and go on by what came of it', async () => {
    expect(await said(SCRIPT, [])).toEqual(['One moment.', 'transfer +15551234567 25000']);
    expect(await said(SCRIPT, [result('answered')])).toEqual(['#talked', 'hangup']);
    expect(await said(SCRIPT, [result('busy')])).toEqual([
      'Nobody is free. Leave a message.',
      'voicemail 90000',
    ]);
    expect(await said(SCRIPT, [result('busy'), result('ok')])).toEqual(['#message', 'hangup']);
  });

  test('words while it runs mean that it failed', async () =>
    expect(await said(SCRIPT, ['hello'])).toEqual(['#failed', 'hangup']));

  test('a carrier that starts again gets the transfer again', async () =>
    expect(await said(SCRIPT, [{ type: 'start' }])).toEqual(['transfer +15551234567 25000']));
});

describe('@webhook and @sms', () => {
  const SCRIPT = `[start]
Which order?
@capture order digits 3
-> ok: look_up
-> else: END

[look_up]
@sms "Looking for {{order}}."
Let me see.
@webhook POST https://api.example.com/orders/{{order}}?name={{firstName}} timeout 3s
-> ok: found if webhook.state == "sent"
-> ok, error: END #unknown

[found]
It is with {{webhook.carrier}}.
-> END #found`;
  const CONTACT = { firstName: 'Ana & Bo' };

  test('the address holds escaped values, the body what was captured', async () =>
    expect(await said(SCRIPT, ['123'], CONTACT)).toEqual([
      'sms Looking for 123.',
      'Let me see.',
      'webhook POST https://api.example.com/orders/123?name=Ana%20%26%20Bo {"order":"123"}',
    ]));

  test('the reply is spoken and tested', async () => {
    const sent = result('ok', { state: 'sent', carrier: 'Hermes', secret: 'x' });
    const { lines, state } = talk(await flowOf(SCRIPT), ['123', sent], CONTACT);
    expect(lines).toEqual(['It is with Hermes.', '#found', 'hangup']);
    expect(Object.keys(state.variables)).not.toContain('webhook.secret');
    expect(await said(SCRIPT, ['123', result('ok', { state: 'lost' })], CONTACT)).toContain(
      '#unknown',
    );
    expect(await said(SCRIPT, ['123', result('error')], CONTACT)).toContain('#unknown');
  });

  test('REPEAT sends nothing twice', async () => {
    const source = `[start]
@sms "Hello."
Did you get it?
-> @yes: END
-> else: REPEAT`;
    expect(await said(source, ['', '', ''])).toEqual(['Did you get it?', 'listen']);
  });

  test.each([
    'http://localhost/x',
    'https://10.1.2.3/x',
    'https://0x7f.1/x',
    'https://2130706433/',
    'https://[::1]/',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest',
    'https://printer/',
    'https://db.internal/',
    'https://user:pw@example.com/',
    'https://{{host}}/x',
    'ftp://example.com/',
  ])('%s is refused', async (url) => {
    const { diagnostics } = await compileScript(`[start]\n@webhook GET ${url}\n-> END`);
    expect(diagnostics.filter(({ code }) => code === 'DS111')).toHaveLength(1);
  });
});

describe('opening hours', () => {
  const SCRIPT = `@timezone America/New_York
@hours open mon-fri 09:00-17:30, sat 10:00-14:00 except 2026-11-26
[start]
-> open: welcome
-> closed: night

[welcome]
Welcome.
-> END

[night]
We are closed.
-> END`;

  test.each([
    ['2026-11-18T14:00:00Z', 'Welcome.'],
    ['2026-11-18T13:59:00Z', 'We are closed.'],
    ['2026-11-18T22:30:00Z', 'We are closed.'],
    ['2026-11-21T15:30:00Z', 'Welcome.'],
    ['2026-11-22T15:30:00Z', 'We are closed.'],
    ['2026-11-26T15:00:00Z', 'We are closed.'],
  ])('at %s', async (time, line) => {
    const { initialState } = await import('../flow/state.ts');
    const { step } = await import('../flow/step.ts');
    const flow = await flowOf(SCRIPT);
    const now = Date.parse(time);
    const { effects } = step(flow, initialState(flow, {}, now), { type: 'start' }, now);
    const texts = effects.flatMap((effect) => (effect.type === 'say' ? effect.sentences : []));
    expect(texts.map(({ text }) => text)).toContain(line);
  });
});

test('an answering machine goes to its own node', async () => {
  const source = `@machine message
[start]
Hi, are you there?
-> @yes: END
-> else: END

[message]
Please call us back.
-> END #machine`;
  expect(await said(source, [result('machine')])).toEqual([
    'Please call us back.',
    '#machine',
    'hangup',
  ]);
});

test('@keywords makes a class, @channels and @pronounce reach the settings', async () => {
  const flow = await flowOf(`@keywords @promise "I'll pay", "next week"
@channels voice, sms
@pronounce "Acme" ˈækmi
[start]
When?
-> @promise: END #promised
-> else: END`);
  expect(talk(flow, ["I'll pay on Friday"]).lines).toContain('#promised');
  expect(flow.settings).toMatchObject({
    channels: ['voice', 'sms'],
    pronunciations: { Acme: 'ˈækmi' },
  });
});

test('by text message silence is no answer, and nobody is asked twice', async () => {
  const { initialState } = await import('../flow/state.ts');
  const { step } = await import('../flow/step.ts');
  const flow = await flowOf('[start]\nCan you come?\n-> @yes: END');
  const start = step(flow, initialState(flow, {}, 0, 'sms'), { type: 'start' }, 0);
  expect(start.effects.at(-1)).toMatchObject({ type: 'listen', timeoutMs: 86_400_000 });
  const { state } = step(flow, start.state, { type: 'silence' }, 86_400_000);
  expect(state).toMatchObject({ isEnded: true, outcome: 'no_response' });
});
