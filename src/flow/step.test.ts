import { describe, expect, test } from 'vitest';
import { flowOf, nodeOf, on, say } from './flow.fixture.ts';
import { initialState } from './state.ts';
import { step } from './step.ts';
import { inputOf, START_MS, talk } from './talk.fixture.ts';
import type { Expression, Statement } from './types.ts';

const path = (of: string): Expression => ({ type: 'path', path: of });
const increment = (of: string): Statement => ({
  type: 'set',
  path: of,
  value: { type: 'binary', operator: '+', left: path(of), right: { type: 'value', value: 1 } },
});

const FLOW = flowOf({
  start: nodeOf(
    [say('Hi {name|there}.', 'All well?')],
    on('1,good', 'fine'),
    on('2,bad', 'END', { outcome: 'unwell' }),
  ),
  fine: nodeOf([say('Glad to hear it.')], on('', 'END', { outcome: 'well' })),
});

describe('a conversation', () => {
  test('starts at the entry and listens', () => {
    const { effects, state } = talk(FLOW, [], { name: 'Maria', other: 'x' });
    expect(effects).toEqual([
      { type: 'event', id: { turn: 0, index: 0 }, event: 'flow.enter', detail: { node: 'start' } },
      {
        type: 'event',
        id: { turn: 0, index: 1 },
        event: 'flow.prompt',
        detail: { node: 'start', sentences: 2 },
      },
      {
        type: 'say',
        id: { turn: 0, index: 2 },
        sentences: [
          { text: 'Hi Maria.', kind: 'dynamic' },
          { text: 'All well?', kind: 'static' },
        ],
      },
      {
        type: 'listen',
        id: { turn: 0, index: 3 },
        timeoutMs: 6000,
        language: 'en-US',
        keys: ['1', '2'],
        maxDigits: 1,
        speech: true,
        hints: ['good', 'bad'],
        bargeIn: true,
      },
    ]);
    expect(state.variables).toEqual({ name: 'Maria' });
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('a key goes on, through nodes that do not listen', () => {
    const { effects, lines, state } = talk(FLOW, ['1']);
    expect(lines).toEqual(['Glad to hear it.', '#well', 'hangup']);
    expect(effects.map((effect) => (effect.type === 'event' ? effect.event : effect.type))).toEqual(
      [
        'flow.input',
        'utterance',
        'flow.match',
        'flow.enter',
        'flow.prompt',
        'say',
        'flow.outcome',
        'outcome',
        'hangup',
      ],
    );
    expect(effects.every(({ id }, i) => id.turn === 1 && id.index === i)).toBe(true);
    expect(state).toMatchObject({ isEnded: true, outcome: 'well', turn: 2 });
  });

  test('a match names the target, how it was found and how well', () => {
    const match = (text: string) =>
      talk(FLOW, [text]).effects.flatMap((effect) =>
        effect.type === 'event' && effect.event === 'flow.match' ? [effect.detail] : [],
      );
    expect(match('2')).toEqual([{ node: 'start', target: 'END', trigger: 'key', score: 1 }]);
    expect(match('good')).toEqual([{ node: 'start', target: 'fine', trigger: 'phrase', score: 1 }]);
    expect(match('repeat')).toEqual([
      { node: 'start', target: 'REPEAT', trigger: 'global', score: 1 },
    ]);
  });

  test('words and values stay out of ledger events', () => {
    const { effects } = talk(FLOW, ['my secret is good'], { name: 'Maria' });
    const events = JSON.stringify(effects.filter(({ type }) => type === 'event'));
    expect(events).not.toContain('secret');
    expect(events).not.toContain('Maria');
  });

  test('after the end every input only hangs up', () => {
    const { state } = talk(FLOW, ['2']);
    for (const input of ['1', 'good', ''].map(inputOf)) {
      expect(step(FLOW, state, input, START_MS)).toEqual({
        state,
        effects: [{ type: 'hangup', id: { turn: state.turn, index: 0 } }],
      });
    }
  });

  test('the caller hanging up ends it without a word', () => {
    const { effects, state } = talk(FLOW, [{ type: 'hangup' }]);
    expect(effects).toEqual([]);
    expect(state.isEnded).toBe(true);
  });

  test('a second start says the prompt again', () =>
    expect(talk(FLOW, [{ type: 'start' }]).lines).toEqual(['Hi there. All well?', 'listen']));
});

describe('no answer that helps', () => {
  test('the retry texts, then goodbye with no_response', () => {
    expect(talk(FLOW, ['']).lines).toEqual(['Sorry?', 'Hi there. All well?', 'listen']);
    expect(talk(FLOW, ['', 'purple']).lines).toEqual([
      'Once more.',
      'Hi there. All well?',
      'listen',
    ]);
    expect(talk(FLOW, ['', 'purple', '7']).lines).toEqual(['Goodbye.', '#no_response', 'hangup']);
  });

  test('the last text serves every further try', () => {
    const flow = {
      ...FLOW,
      settings: { ...FLOW.settings, retry: { ...FLOW.settings.retry, count: 4 } },
    };
    expect(talk(flow, ['', '', '', '']).lines[0]).toBe('Once more.');
  });

  test('the tries are counted and recorded', () => {
    const detail = (inputs: string[]) =>
      talk(FLOW, inputs).effects.flatMap((effect) =>
        effect.type === 'event' && effect.event.startsWith('flow.no_')
          ? [[effect.event, effect.detail]]
          : [],
      );
    expect(detail([''])).toEqual([['flow.no_input', { node: 'start', tries: 1 }]]);
    expect(detail(['', 'purple'])).toEqual([['flow.no_match', { node: 'start', tries: 2 }]]);
  });

  const ways = (...branches: ReturnType<typeof on>[]) =>
    flowOf(
      { start: nodeOf([say('Well?')], on('1', 'END'), ...branches), out: nodeOf([say('Out.')]) },
      { retry: { count: 0, prompts: [] }, fallback: 'out' },
    );

  test('then the branch for the event, else `else`, else the fallback', () => {
    const own = [
      on('=no-input', 'END', { outcome: 'silent' }),
      on('=else', 'END', { outcome: 'else' }),
    ];
    expect(talk(ways(...own), ['']).lines).toEqual(['#silent', 'hangup']);
    expect(talk(ways(...own), ['purple']).lines).toEqual(['#else', 'hangup']);
    expect(talk(ways(), ['']).lines).toEqual(['Out.', 'hangup']);
  });

  test('a guard that is closed passes the event on', () => {
    const guarded = on('=no-input', 'END', { guard: path('vip'), outcome: 'vip' });
    expect(talk(ways(guarded), ['']).lines).toEqual(['Out.', 'hangup']);
    expect(talk(ways(guarded), [''], { vip: 'yes' }).lines).toEqual(['#vip', 'hangup']);
  });

  test('a fallback node that fails itself ends the call', () => {
    const flow = flowOf(
      { start: nodeOf([say('Well?')], on('1', 'END')) },
      { retry: { count: 0, prompts: [] }, fallback: 'start' },
    );
    expect(talk(flow, ['']).lines).toEqual(['Goodbye.', '#no_response', 'hangup']);
  });
});

describe('a replay', () => {
  const COUNT = flowOf({
    start: nodeOf(
      [say('Before {n|none}.'), increment('n'), { type: 'pause', ms: 300 }, say('Now {n}.')],
      on('1', 'REPEAT'),
      on('2', 'start'),
    ),
  });

  test.each(['1', 'repeat', 'say that again'])(
    '%j says the same and sets nothing twice',
    (input) => {
      const first = talk(COUNT, [], { n: 4 });
      const again = talk(COUNT, [input], { n: 4 });
      expect(again.lines).toEqual(first.lines);
      expect(again.state.variables).toEqual({ n: 5 });
    },
  );

  test('coming to the node again is not a replay', () =>
    expect(talk(COUNT, ['2'], { n: 4 }).lines[0]).toBe('Before 5.'));

  test('a silent node repeats what was said before it', () => {
    const flow = flowOf({
      start: nodeOf([say('Press one.')], on('', 'ask')),
      ask: nodeOf([], on('1', 'END')),
    });
    expect(talk(flow, ['repeat']).lines).toEqual(['Press one.', 'listen']);
  });

  test('does not count as a failed try', () =>
    expect(talk(COUNT, ['repeat', 'repeat', 'repeat', '']).lines[0]).toBe('Sorry?'));
});

describe('stop', () => {
  test('an opt-out suppresses, says so and ends', () =>
    expect(talk(FLOW, ['stop calling me']).lines).toEqual([
      'suppress',
      '#opted_out',
      'No more calls.',
      'hangup',
    ]));

  test('a bare stop is asked about, once', () => {
    expect(talk(FLOW, ['stop']).lines).toEqual(['Stop calling you?', 'listen']);
    expect(talk(FLOW, ['stop', 'yes']).lines[0]).toBe('suppress');
    expect(talk(FLOW, ['stop', '1']).lines[0]).toBe('suppress');
    expect(talk(FLOW, ['stop', 'stop']).lines[0]).toBe('suppress');
    for (const no of ['no', '2', '', 'purple']) {
      expect(talk(FLOW, ['stop', no]).lines).toEqual(['Hi there. All well?', 'listen']);
    }
    expect(talk(FLOW, ['stop', 'no', 'stop']).lines[0]).toBe('suppress');
  });

  test('a branch of its own is where an opt-out goes after it was recorded', () => {
    const flow = flowOf({
      start: nodeOf([say('Well?')], on('@stop', 'end')),
      end: nodeOf([say('As you wish.')], on('', 'END')),
    });
    expect(talk(flow, ['unsubscribe']).lines).toEqual([
      'suppress',
      '#opted_out',
      'As you wish.',
      'hangup',
    ]);
  });

  test('the key of a branch that takes opt-outs suppresses as the words do', () => {
    const flow = flowOf({
      start: nodeOf([say('Well?')], on('9, @stop', 'end')),
      end: nodeOf([say('As you wish.')], on('', 'END')),
    });
    expect(talk(flow, ['9']).lines).toEqual(talk(flow, ['unsubscribe']).lines);
    expect(talk(flow, ['9']).lines[0]).toBe('suppress');
  });

  test('can be switched off', () => {
    const flow = flowOf(FLOW.nodes, { globals: { repeat: false, stop: false, agent: null } });
    expect(talk(flow, ['stop calling me']).lines[0]).toBe('Sorry?');
    expect(talk(flow, ['repeat']).lines[0]).toBe('Sorry?');
  });
});

test('agent is a command where it leads somewhere', () => {
  const flow = flowOf(
    { ...FLOW.nodes, help: nodeOf([say('One moment.')]) },
    { globals: { repeat: true, stop: true, agent: 'help' } },
  );
  expect(talk(flow, ['I want to speak to an agent']).lines[0]).toBe('One moment.');
});

describe('limits', () => {
  test('sixty turns', () => {
    const repeats = (count: number) => Array.from({ length: count }, () => 'repeat');
    expect(talk(FLOW, repeats(59)).lines).toEqual(['Hi there. All well?', 'listen']);
    expect(talk(FLOW, repeats(60)).lines).toEqual(['Goodbye.', '#no_response', 'hangup']);
  });

  test('ten minutes', () => {
    const { state } = talk(FLOW, []);
    const outcomeAt = (ms: number) => step(FLOW, state, inputOf('1'), START_MS + ms).state.outcome;
    expect(outcomeAt(599_999)).toBe('well');
    expect(outcomeAt(600_000)).toBe('no_response');
  });

  test('a loop that never listens is cut', () => {
    const flow = flowOf({ start: nodeOf([say('Round.')], on('', 'start')) });
    expect(talk(flow, []).lines.slice(-3)).toEqual(['Goodbye.', '#no_response', 'hangup']);
    expect(talk(flow, []).effects.length).toBeLessThan(1000);
  });

  test('an outcome that the caller gave outlives the goodbye', () => {
    const flow = flowOf({
      start: nodeOf([say('Yes?')], on('1', 'more', { outcome: 'confirmed' })),
      more: nodeOf([say('More?')], on('1', 'END')),
    });
    const { state, lines } = talk(flow, ['1', '', '', '']);
    expect(lines).toEqual(['Goodbye.', 'hangup']);
    expect(state.outcome).toBe('confirmed');
  });
});

describe('a flow with gaps', () => {
  test.each([
    ['an unknown entry', flowOf({}), []],
    ['an unknown target', flowOf({ start: nodeOf([say('Hi.')], on('1', 'lost')) }), ['1']],
    ['an inherited name', flowOf({ start: nodeOf([say('Hi.')], on('1', 'constructor')) }), ['1']],
  ])('%s ends politely', (_, flow, inputs) =>
    expect(talk(flow, inputs).lines).toEqual(['Goodbye.', '#no_response', 'hangup']),
  );

  test('a node without branches is the end', () =>
    expect(talk(flowOf({ start: nodeOf([say('Hi.')]) }), []).lines).toEqual(['Hi.', 'hangup']));

  test('an if-chain takes the first open branch, or says goodbye', () => {
    const flow = flowOf({
      start: nodeOf(
        [],
        on('', 'vip', { guard: path('vip') }),
        on('', 'END', { guard: path('old') }),
      ),
      vip: nodeOf([say('Welcome.')]),
    });
    expect(talk(flow, [], { vip: true }).lines).toEqual(['Welcome.', 'hangup']);
    expect(talk(flow, [], { old: true }).lines).toEqual(['hangup']);
    expect(talk(flow, [], {}).lines).toEqual(['Goodbye.', '#no_response', 'hangup']);
  });
});

test('a guard is tested when the input arrives', () => {
  const flow = flowOf({
    start: nodeOf([say('Hi.')], on('1', 'vip', { guard: path('vip') }), on('1', 'END')),
    vip: nodeOf([say('Welcome.')]),
  });
  expect(talk(flow, ['1'], { vip: true }).lines).toEqual(['Welcome.', 'hangup']);
  expect(talk(flow, ['1'], { vip: 'false' }).lines).toEqual(['hangup']);
});

test('a result goes to the branch of its event', () => {
  const flow = flowOf({
    start: nodeOf([say('Hi.')], on('1', 'END'), on('=machine', 'END', { outcome: 'voicemail' })),
  });
  const { lines } = talk(flow, [{ type: 'result', event: 'machine' }]);
  expect(lines).toEqual(['#voicemail', 'hangup']);
});

test('the first input starts a conversation that has not started', () => {
  const state = initialState(FLOW, {}, START_MS);
  expect(step(FLOW, state, inputOf('1'), START_MS).state.node).toBe('start');
});
