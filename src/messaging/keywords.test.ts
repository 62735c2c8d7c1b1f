import { expect, test } from 'vitest';
import { keywordOf } from './keywords.ts';

test.each([
  ['STOP', 'stop'],
  [' stop. ', 'stop'],
  ['Stop All', 'stop'],
  ['OPT-OUT', 'stop'],
  ['opt out', 'stop'],
  ['Revoke!', 'stop'],
  ['cancel', 'stop'],
  ['START', 'start'],
  ['unstop', 'start'],
  ['help', 'help'],
  ['YES', null],
  ['please stop texting me', null],
  ['cancel my appointment', null],
  ['the end', null],
  ['', null],
])('%j is %s', (body, keyword) => {
  expect(keywordOf(body, '')).toBe(keyword);
});

test('what the carrier says itself comes first', () => {
  expect(keywordOf('ARRET', 'STOP')).toBe('stop');
  expect(keywordOf('hello', 'HELP')).toBe('help');
  expect(keywordOf('hello', 'other')).toBeNull();
});
