import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecipePart } from '../audio/recipe.ts';
import type { Effect, SentenceKind } from '../flow/types.ts';
import { readXml, type XmlElement } from './read-xml.suite.ts';
import { renderTwiml, type TwimlInput } from './twiml.ts';
import { apology, emptyResponse, reject } from './twiml-answers.ts';

const id = { turn: 0, index: 0 };
const part = (letter: string, bytes = 35): RecipePart => ({
  kind: 'static',
  key: `${letter.repeat(21)}A`,
  bytes,
});
const say = (...texts: (string | [string, SentenceKind])[]): Effect => ({
  type: 'say',
  id,
  sentences: texts.map((text) =>
    typeof text === 'string' ? { text, kind: 'static' } : { text: text[0], kind: text[1] },
  ),
});
const pause = (ms: number): Effect => ({ type: 'pause', id, ms });
const hangup: Effect = { type: 'hangup', id };
const listen = (overrides: Partial<Extract<Effect, { type: 'listen' }>> = {}): Effect => ({
  type: 'listen',
  id,
  timeoutMs: 5000,
  language: 'en-US',
  keys: ['1', '2'],
  maxDigits: 1,
  speech: true,
  hints: ['yes', 'no'],
  bargeIn: true,
  ...overrides,
});

function render(effects: readonly Effect[], overrides: Partial<TwimlInput> = {}) {
  const twiml = renderTwiml({
    effects,
    clips: { One: part('a'), Two: part('b'), Three: part('c') },
    audioBaseUrl: 'https://destiny.test/audio/ten_1',
    actionUrl: 'https://destiny.test/turn/1#rc=2&rt=4000',
    voice: 'en-US-Chirp3-HD-Leda',
    language: 'en-US',
    ...overrides,
  });
  return { ...twiml, root: readXml(twiml.xml) };
}

const names = ({ children }: XmlElement) =>
  children.map((child) => (typeof child === 'string' ? child : child.name));
const child = ({ children }: XmlElement, at: number): XmlElement => {
  const found = children[at];
  if (typeof found !== 'object') throw new Error(`no element at ${at}`);
  return found;
};
const AUDIO = 'https://destiny.test/audio/ten_1';
const A = `s${'a'.repeat(21)}A-z`;
const B = `s${'b'.repeat(21)}A-z`;

describe('speech', () => {
  test('an unbroken run of made sentences is one Play, over several effects too', () => {
    const { xml, plays, spoken } = render([say('One'), say('Two'), hangup]);
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response>' +
        `<Play>${AUDIO}/${A}.${B}.wav</Play><Hangup/></Response>`,
    );
    expect(plays).toEqual([`${AUDIO}/${A}.${B}.wav`]);
    expect(spoken).toEqual([
      { text: 'One', via: 'play' },
      { text: 'Two', via: 'play' },
    ]);
  });

  test('live and missing sentences are said by the same voice between the plays', () => {
    const { root, spoken } = render([say('One', ['You said Bob.', 'live'], 'Missing.', 'Two')]);
    expect(names(root)).toEqual(['Play', 'Say', 'Say', 'Play']);
    expect(child(root, 1)).toEqual({
      name: 'Say',
      attributes: { voice: 'Google.en-US-Chirp3-HD-Leda', language: 'en-US' },
      children: ['You said Bob.'],
    });
    expect(spoken.map(({ via }) => via)).toEqual(['play', 'live', 'fallback', 'play']);
  });

  test('a live sentence is said even if a clip of its text exists', () => {
    expect(render([say(['One', 'live'])]).spoken).toEqual([{ text: 'One', via: 'live' }]);
  });

  test.each(['toString', '__proto__', 'constructor'])('the sentence %j has no clip', (text) => {
    expect(render([say(text)]).spoken).toEqual([{ text, via: 'fallback' }]);
  });

  test('a long text is said in pieces of at most 4096 characters', () => {
    const { root } = render([say([`${'word '.repeat(2000)}end.`, 'live'])]);
    expect(names(root)).toEqual(['Say', 'Say', 'Say']);
    for (let i = 0; i < 3; i++)
      expect(String(child(root, i).children[0]).length).toBeLessThan(4097);
  });

  test('more parts than a recipe holds become several plays', () => {
    const texts = Array.from({ length: 70 }, (_, i) => `Text ${i}`);
    const clips = Object.fromEntries(texts.map((text) => [text, part('a')]));
    expect(names(render([say(...texts)], { clips }).root)).toEqual(['Play', 'Play']);
  });

  test('a sentence of nothing but illegal characters is not said', () => {
    expect(names(render([say(['\u0000\u0007', 'live']), hangup]).root)).toEqual(['Hangup']);
  });

  test.each([
    [1, '1'],
    [1000, '1'],
    [1500, '2'],
  ])('a pause of %i ms is %s s', (ms, length) => {
    const { root } = render([say('One'), pause(ms), say('Two')]);
    expect(names(root)).toEqual(['Play', 'Pause', 'Play']);
    expect(child(root, 1).attributes).toEqual({ length });
  });
});

describe('listening', () => {
  test('with barge-in the prompts of the turn are inside', () => {
    const { root } = render([say('One'), pause(1000), say('Missing'), listen()]);
    expect(names(root)).toEqual(['Gather']);
    expect(names(child(root, 0))).toEqual(['Play', 'Pause', 'Say']);
    expect(child(root, 0).attributes).toEqual({
      input: 'dtmf speech',
      action: 'https://destiny.test/turn/1#rc=2&rt=4000',
      method: 'POST',
      actionOnEmptyResult: 'true',
      timeout: '5',
      bargeIn: 'true',
      finishOnKey: '',
      numDigits: '1',
      speechTimeout: 'auto',
      language: 'en-US',
      hints: 'yes,no',
    });
  });

  test('without barge-in they come before', () => {
    const { root } = render([say('One'), pause(1000), listen({ bargeIn: false })]);
    expect(names(root)).toEqual(['Play', 'Pause', 'Gather']);
    expect(names(child(root, 2))).toEqual([]);
    expect(child(root, 2).attributes).toMatchObject({ bargeIn: 'false' });
  });

  test.each([
    ['keys only', { speech: false }, { input: 'dtmf', numDigits: '1' }],
    ['speech only', { keys: [], maxDigits: 0 }, { input: 'speech' }],
    ['nothing', { keys: [], maxDigits: 0, speech: false }, { input: 'dtmf' }],
    ['any digits', { keys: [], maxDigits: 4 }, { numDigits: '4', finishOnKey: '#' }],
    [
      'keys of one length',
      { keys: ['10', '20'], maxDigits: 2 },
      { numDigits: '2', finishOnKey: '#' },
    ],
    [
      'keys of two lengths',
      { keys: ['1', '20'], maxDigits: 2 },
      { numDigits: '2', finishOnKey: '#' },
    ],
    ['a hash among the keys', { keys: ['10', '#'], maxDigits: 2 }, { finishOnKey: '' }],
    ['a star among the keys', { keys: ['10', '*1'], maxDigits: 2 }, { finishOnKey: '' }],
    ['a short timeout', { timeoutMs: 200 }, { timeout: '1' }],
    ['a fraction of a second', { timeoutMs: 2500 }, { timeout: '3' }],
    ['another language', { language: 'es-US' }, { language: 'es-US' }],
    ['a comma in a hint', { hints: ['yes, sure', ' no ', ''] }, { hints: 'yes sure,no' }],
  ] as const)('%s', (_name, overrides, attributes) => {
    expect(child(render([listen(overrides)]).root, 0).attributes).toMatchObject(attributes);
  });

  test('what is not taken is not asked for', () => {
    const keysOnly = child(render([listen({ speech: false })]).root, 0).attributes;
    expect(Object.keys(keysOnly)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/speech|hints|language/)]),
    );
    const speechOnly = child(render([listen({ keys: [], maxDigits: 0 })]).root, 0).attributes;
    expect(speechOnly).not.toHaveProperty('finishOnKey');
    expect(speechOnly).not.toHaveProperty('numDigits');
  });

  test('hints are bounded', () => {
    const hints = Array.from({ length: 1000 }, (_, i) => `a phrase with the number ${i}`);
    const { attributes } = child(render([listen({ hints })]).root, 0);
    expect(attributes.hints?.length).toBeLessThanOrEqual(4000);
    expect(attributes.hints?.startsWith('a phrase with the number 0,')).toBe(true);
  });
});

describe('the end of the document', () => {
  const redirectUrl = 'https://destiny.test/next?a=1&b=2';

  test('goes on elsewhere when nothing else follows', () => {
    const { root } = render([say('One')], { redirectUrl });
    expect(names(root)).toEqual(['Play', 'Redirect']);
    expect(child(root, 1)).toMatchObject({
      attributes: { method: 'POST' },
      children: [redirectUrl],
    });
  });

  test.each([
    ['a listen', listen()],
    ['a hangup', hangup],
  ])('does not after %s', (_name, effect) => {
    expect(names(render([effect], { redirectUrl }).root)).not.toContain('Redirect');
  });

  test('effects for others leave no trace', () => {
    const others: Effect[] = [
      { type: 'outcome', id, outcome: 'done' },
      { type: 'suppress', id, reason: 'caller_request' },
      { type: 'event', id, event: 'flow.enter', detail: {} },
      { type: 'utterance', id, node: 'n', input: 'speech', text: 'x', confidence: 1 },
    ];
    expect(render([say('One'), ...others, say('Two')]).plays).toHaveLength(1);
    expect(names(render(others).root)).toEqual([]);
  });
});

test('whatever is said, hinted or named, the document parses and says it all', () => {
  const nasty = fc.string({ unit: 'binary', maxLength: 40 });
  const text = fc.oneof(
    nasty,
    fc.constantFrom(']]>', '&amp;', '<Say>', '"\'', '\ud800', '\u0000x'),
  );
  const effect: fc.Arbitrary<Effect> = fc.oneof(
    fc.array(text, { maxLength: 4 }).map((texts) => say(...texts)),
    fc
      .array(text, { maxLength: 3 })
      .map((texts) => say(...texts.map((value): [string, SentenceKind] => [value, 'live']))),
    fc.integer({ min: 0, max: 5000 }).map(pause),
    fc
      .record({
        hints: fc.array(text),
        language: text,
        bargeIn: fc.boolean(),
        speech: fc.boolean(),
      })
      .map(listen),
  );
  fc.assert(
    fc.property(fc.array(effect, { maxLength: 6 }), text, text, (effects, voice, url) => {
      const { root, spoken } = render(effects, { voice, actionUrl: url, redirectUrl: url });
      expect(root.name).toBe('Response');
      const said = effects.flatMap((value) => (value.type === 'say' ? value.sentences : []));
      expect(spoken.map((sentence) => sentence.text)).toEqual(
        said.map((sentence) => sentence.text),
      );
      expect(spoken.some(({ via }) => via === 'play')).toBe(false);
    }),
    { numRuns: 200 },
  );
});

describe('fixed answers', () => {
  test('an apology speaks and hangs up, whatever its text', () => {
    for (const text of [undefined, 'Sorry & goodbye <now>.', '', '\u0000']) {
      const root = readXml(apology(text));
      expect(names(root)).toEqual(['Say', 'Hangup']);
      expect(String(child(root, 0).children[0]).length).toBeGreaterThan(5);
    }
  });

  test('a rejection is the first verb', () => {
    expect(readXml(reject('busy')).children).toEqual([
      { name: 'Reject', attributes: { reason: 'busy' }, children: [] },
    ]);
  });

  test('nothing to do is an empty document', () => {
    expect(readXml(emptyResponse())).toEqual({ name: 'Response', attributes: {}, children: [] });
  });
});

test('a call is recorded after its notice, which nobody can interrupt', () => {
  const notice = 'This call is recorded.';
  const recording = { notice, callbackUrl: 'https://voice.test/recording' };
  const made = render([say('One'), listen()], {
    recording,
    clips: { [notice]: part('n'), One: part('a') },
  });
  const names = readXml(made.xml).children.map((one) => (typeof one === 'string' ? one : one.name));
  expect(names).toEqual(['Play', 'Start', 'Gather']);
  expect(made.plays).toHaveLength(2);
  expect(made.spoken.map(({ text, via }) => [text, via])).toEqual([
    [notice, 'play'],
    ['One', 'play'],
  ]);
  const said = render([hangup], { recording, clips: {} });
  expect(
    readXml(said.xml).children.map((one) => (typeof one === 'string' ? one : one.name)),
  ).toEqual(['Say', 'Start', 'Hangup']);
  expect(said.spoken).toEqual([{ text: notice, via: 'fallback' }]);
});
