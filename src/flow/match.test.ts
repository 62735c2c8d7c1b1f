import { describe, expect, test } from 'vitest';
import { matchSpeech, type SpeechOption } from './match.ts';
import { normalisePhrase } from './normalise.ts';
import type { ClassName, Trigger } from './types.ts';

const phrase = (text: string): Trigger => ({ type: 'phrase', text, tokens: normalisePhrase(text) });
const key = (of: string): Trigger => ({ type: 'key', key: of });
const option = (...triggers: Trigger[]): SpeechOption => ({ triggers });
const named = (name: ClassName) => option({ type: 'class', name });

const chosen = (options: Readonly<Record<string, SpeechOption>>, text: string) => {
  const match = matchSpeech(Object.values(options), text);
  return match === null ? null : Object.keys(options)[match.option];
};

describe('an author’s phrases', () => {
  const MOOD = {
    well: option(phrase('good'), phrase('great')),
    unwell: option(phrase('bad'), phrase('not well')),
  };
  test.each([
    ['good', 'well'],
    ["I'm doing great thanks", 'well'],
    ['not well', 'unwell'],
    ['I am not very well', 'unwell'],
    ['not good', null],
    ["I wouldn't say good", null],
    ['never been good at this', null],
    ['bad, no wait, good', 'well'],
    ['good I mean bad', 'unwell'],
    ['good and bad', null],
    ['good morning who am I speaking with regarding this phone call', null],
    ['what', null],
    ['', null],
    ['!!!', null],
  ])('%j chooses %j', (text, name) => expect(chosen(MOOD, text)).toBe(name));

  test.each([
    ['confirming', 'confirm'],
    ['I want to confrim', 'confirm'],
    ['conform', 'confirm'],
    ['affirm', null],
    ['reschedule my appointment', 'move'],
    ['move the appointment', 'move'],
    ['move not appointment', null],
  ])('%j is heard as %j', (text, name) =>
    expect(
      chosen(
        {
          confirm: option(phrase('confirm')),
          move: option(phrase('reschedule'), phrase('move appointment')),
        },
        text,
      ),
    ).toBe(name),
  );

  test('the longest match wins, not the first', () =>
    expect(
      chosen(
        { short: option(phrase('pay')), long: option(phrase('pay next week')) },
        'I will pay next week',
      ),
    ).toBe('long'));

  test('a phrase beats a class', () =>
    expect(
      chosen({ no: named('no'), move: option(phrase('reschedule')) }, 'no, I need to reschedule'),
    ).toBe('move'));
});

describe('yes and no', () => {
  const ANSWER = { yes: named('yes'), no: named('no') };
  test.each([
    ['yes', 'yes'],
    ['uh huh', 'yes'],
    ['uh uh', 'no'],
    ['no problem', 'yes'],
    ['not a problem', 'yes'],
    ['no thanks', 'no'],
    ["that's not right", 'no'],
    ["that's right", 'yes'],
    ["I don't agree", 'no'],
    ['no way', 'no'],
    ['ok', 'yes'],
    ['okay sure', 'yes'],
    ['the right one', null],
    ['yes yes no', null],
    ['maybe', null],
    ["I'm not sure", null],
    ['I have no idea', null],
    ['never mind', null],
    ['yes, wait, no', 'no'],
    ['yes I would like to confirm my appointment with doctor Lee', 'yes'],
    ['is this a recording', null],
  ])('%j is %j', (text, name) => expect(chosen(ANSWER, text)).toBe(name));

  test('no problem is not a no even where nobody asks for yes', () => {
    expect(chosen({ no: named('no') }, 'no problem')).toBeNull();
    expect(chosen({ no: option(phrase('no')) }, 'no problem')).toBeNull();
  });

  test('a negated yes without a no to go to chooses nothing', () =>
    expect(chosen({ yes: named('yes') }, 'that is not correct')).toBeNull());
});

describe('other classes', () => {
  const ALL = {
    stop: named('stop'),
    cancel: named('cancel'),
    repeat: named('repeat'),
    agent: named('agent'),
    later: named('later'),
    wrong: named('wrong_number'),
    bye: named('bye'),
    number: named('number'),
  };
  test.each([
    ['stop calling me', 'stop'],
    ['please take me off your list', 'stop'],
    ['hello yes take my number off your list right now thank you', 'stop'],
    ["don't stop calling me", null],
    ["I'd like to cancel", 'cancel'],
    ['cancel my appointment', 'cancel'],
    ['say that again', 'repeat'],
    ['pardon', 'repeat'],
    ['let me speak to a real person', 'agent'],
    ['call me back', 'later'],
    ['you have the wrong number', 'wrong'],
    ['goodbye', 'bye'],
    ['twenty five', 'number'],
  ])('%j is %j', (text, name) => expect(chosen(ALL, text)).toBe(name));

  test('a bare stop is a weak match', () =>
    expect(matchSpeech([named('stop')], 'stop')).toMatchObject({
      className: 'stop',
      isWeak: true,
    }));
});

describe('keys by voice', () => {
  const KEYS = {
    one: option(key('1')),
    two: option(key('2')),
    four: option(key('4')),
    pound: option(key('#')),
  };
  test.each([
    ['one', 'one'],
    ['number two', 'two'],
    ['press for', 'four'],
    ['for', 'four'],
    ['too', 'two'],
    ['pound', 'pound'],
    ['I have two dogs', null],
    ['this is for you', null],
    ['three', null],
  ])('%j is %j', (text, name) => expect(chosen(KEYS, text)).toBe(name));

  test('words beat keys', () =>
    expect(chosen({ one: option(key('1')), uno: option(phrase('one')) }, 'one')).toBe('uno'));
});

test('the score grows with the words matched', () => {
  const options = [option(phrase('next week'))];
  expect(matchSpeech(options, 'next week')?.score).toBe(2);
  expect(matchSpeech(options, 'next weak')?.score).toBe(1.75);
  expect(matchSpeech(options, 'next wheel')).toBeNull();
  expect(matchSpeech(options, 'next weeks')?.score).toBe(1.95);
});
