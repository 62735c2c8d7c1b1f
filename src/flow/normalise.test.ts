import { expect, test } from 'vitest';
import { normalise, normalisePhrase } from './normalise.ts';

test.each([
  ['Yes, PLEASE!', 'yes'],
  ["I don't know", 'i do not know'],
  ['I don’t know', 'i do not know'],
  ['i dont know', 'i do not know'],
  ["I can't, won't, shan't", 'i can not will not shall not'],
  ["I'm gonna, I've, we'll, they're, she'd", 'i am going to i have we will they are she would'],
  ["that's it", 'that is it'],
  ["Maria's phone", 'maria phone'],
  ['twenty five', '25'],
  ['twenty, five', '25'],
  ['press one', 'press 1'],
  ['two hundred', '200'],
  ['uh-huh', 'uhhuh'],
  ['mm hmm', 'uhhuh'],
  ['mhm', 'uhhuh'],
  ['uh uh', 'uhuh'],
  ['um, like, yes', 'yes'],
  ['um', 'um'],
  ['please', 'please'],
  ['ﬁne', 'fine'],
  ['¿sí?', 'sí'],
  ['', ''],
  ['?!', ''],
])('%j is %j', (text, words) => expect(normalisePhrase(text).join(' ')).toBe(words));

test('punctuation and but, and, because begin a clause', () => {
  const clauses = normalise('no, not today but maybe tomorrow').map(({ clause }) => clause);
  expect(clauses).toEqual([0, 1, 1, 2, 2, 2]);
});

test('a very long answer is cut', () =>
  expect(normalise('word '.repeat(10_000)).length).toBeLessThanOrEqual(200));
