import { describe, expect, test } from 'vitest';
import { matchSpeech, type SpeechOption } from './match.ts';
import { normalisePhrase } from './normalise.ts';
import { PHONE_CLASSES } from './phone.fixture.ts';
import { optionsFor } from './quality.fixture.ts';
import type { Trigger } from './types.ts';

const OPTIONS = optionsFor(PHONE_CLASSES);
const classOf = (text: string) => {
  const match = matchSpeech(OPTIONS, text);
  return match === null ? null : (PHONE_CLASSES[match.option] ?? null);
};

describe('what is easily misheard', () => {
  test.each([
    ['not good', 'no'],
    ['not bad', null],
    ['no problem', 'yes'],
    ["yeah no I can't make it", 'no'],
    ["yeah I can't", null],
    ['of course not', 'no'],
    ["of course it isn't", 'no'],
    ['no no yes I can make it', 'yes'],
    ['yes, no wait, actually no', 'no'],
    ['I do not want to cancel', null],
    ["please don't cancel", null],
    ['never mind, cancel that', 'cancel'],
    ['forget it', 'cancel'],
    ['stop talking', 'cancel'],
    ['I guess so', 'yes'],
    ['I think not', 'no'],
    ['I am not sure', 'maybe'],
    ['yes I know it is not true', null],
    ['transfer some money', null],
    ['stop by on Tuesday', null],
    ["I can't stop now", null],
    ['yes but stop calling me', 'stop'],
    ["don't stop calling me", null],
    ['stop calling me Bob, call me Robert', null],
    ["don't call me Bob", null],
    ['please stop calling me Mrs. Jones', null],
    ["I don't want you to call me Bobby", null],
    ["don't call me Bob and take me off your list", 'stop'],
    ["don't call me", 'stop'],
    ["don't call me anymore please", 'stop'],
    ["don't call me, Bob", 'stop'],
    ["don't call me sir", 'stop'],
    ['stop calling me constantly', 'stop'],
    ['stop calling me at home', 'stop'],
    ['stop calling me man', 'stop'],
    ['take milk off the list', null],
    ['take me off the schedule', 'cancel'],
    ['take me off your calling list', 'stop'],
    ["don't cancel it I will be there", 'yes'],
    ["no I'm still coming", 'yes'],
    ["that isn't a problem", 'yes'],
    ['I doubt I can make it', 'no'],
    ["there is no chance I'll be there", 'no'],
    ["it's unlikely I'll be there", 'no'],
    ['no way I can make it', 'no'],
    ['no question about it', 'yes'],
    ["yes if I said no I'd be lying", 'yes'],
    ["I'd love to but I can't", 'no'],
    ["I don't think I can", 'no'],
    ['I have no insurance', null],
    ['there is no parking', null],
    ['how long is it good for', null],
    ["let me get back to you, I'm not a hundred percent sure", 'maybe'],
    ["okay I'm done goodbye", 'bye'],
    ["what day was it, I couldn't hear that", 'repeat'],
    ['how do you say goodbye in French', null],
    ['is that right', null],
    ['are you good', null],
    ['please leave a message after the tone, goodbye', null],
    ['yes, goodbye', 'yes'],
    ['no, call me later', 'later'],
    ['', null],
    ['   ', null],
    ['\u{1F600}\u{1F44D}', null],
    ['oui bien s\u00fbr', null],
    ['\u662f\u7684', null],
    ['\u0434\u0430', null],
  ])('%j is %j', (text, name) => expect(classOf(text)).toBe(name));

  test('very long talk is refused in good time', () => {
    expect(classOf('blah '.repeat(2000))).toBeNull();
    expect(classOf('not '.repeat(2500))).not.toBe('yes');
    expect(classOf('stop '.repeat(2000))).not.toBe('yes');
    expect(classOf('a'.repeat(10_000))).toBeNull();
  });
});

const phrase = (text: string): Trigger => ({ type: 'phrase', text, tokens: normalisePhrase(text) });
const option = (...triggers: readonly Trigger[]): SpeechOption => ({ triggers });

test('without the command, "unsubscribe" is a phrase like any other', () => {
  const options = [option(phrase('unsubscribe'))];
  expect(matchSpeech(options, 'unsubscribe me please')?.option).toBe(0);
  expect(matchSpeech(optionsFor(['yes', 'no']), 'yes but stop calling me')).toBeNull();
});

test('sound-alikes only among the phrases of the node', () => {
  const options = [option(phrase('wait')), option(phrase('see a doctor'))];
  expect(matchSpeech(options, 'weight')?.option).toBe(0);
  expect(matchSpeech([option(phrase('other'))], 'weight')).toBeNull();
});

test('"won" is a key only after "press" or alone where it is offered', () => {
  const options = [option({ type: 'key', key: '1' })];
  expect(matchSpeech(options, 'press won')?.option).toBe(0);
  expect(matchSpeech(options, 'we won the game')).toBeNull();
});

test('a node of twelve branches takes no time to speak of', () => {
  const topics = ['billing', 'new appointment', 'pharmacy', 'opening hours', 'directions'];
  const own = [...topics, 'test results', 'insurance'].map((text, i) =>
    option(phrase(text), { type: 'key', key: String(i) }),
  );
  const options = [...own, ...optionsFor(['yes', 'no', 'repeat', 'cancel', 'bye'])];
  const said = ['I would like a new appointment', 'no I do not think so', 'what did you say'];
  const took: number[] = [];
  for (let round = 0; round < 600; round++) {
    const start = performance.now();
    for (const text of said) matchSpeech(options, text);
    took.push((performance.now() - start) / said.length);
  }
  took.sort((left, right) => left - right);
  // A busy machine is slower; alone this takes less than 0.05 ms.
  expect(took[300] ?? 1).toBeLessThan(0.25);
});

describe('a node with words such as "good" and "bad"', () => {
  const moods = [
    option(phrase('good'), phrase('great')),
    option(phrase('bad'), phrase('not well')),
  ];
  test.each([
    ["I'm doing great thanks", 0],
    ['pretty good how about you', 0],
    ["no I'm good", 0],
    ["I'm not feeling very well", 1],
    ["good no wait I'm bad", 1],
    ['not good', null],
    ['not exactly great', null],
    ['far from great', null],
    ['good morning', null],
    ['good evening who is this', null],
    ['is this a good time', null],
    ['neither good nor bad', null],
  ])('%j is %j', (text, chosen) => expect(matchSpeech(moods, text)?.option ?? null).toBe(chosen));
});
