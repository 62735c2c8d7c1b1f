import { expect, test } from 'vitest';
import { renderSentence } from './sentences.ts';
import type { Sentence, SentencePart, Variables } from './types.ts';

const text = (of: string): SentencePart => ({ type: 'text', text: of });
const variable = (path: string, spare?: string): SentencePart =>
  spare === undefined ? { type: 'variable', path } : { type: 'variable', path, default: spare };
const sentence = (...parts: SentencePart[]): Sentence => ({ kind: 'dynamic', parts });

const GREETING = sentence(text('Hi '), variable('firstName'), text(', welcome.'));

test.each<[string, Sentence, Variables, string, readonly string[]]>([
  ['a value', GREETING, { firstName: 'Maria' }, 'Hi Maria, welcome.', []],
  ['white space collapses', GREETING, { firstName: ' Ana\n Maria ' }, 'Hi Ana Maria, welcome.', []],
  ['a missing value', GREETING, {}, 'Hi , welcome.', ['firstName']],
  ['an empty value is missing', GREETING, { firstName: '  ' }, 'Hi , welcome.', ['firstName']],
  ['null is missing', GREETING, { firstName: null }, 'Hi , welcome.', ['firstName']],
  ['a default', sentence(text('Hi '), variable('x', 'there')), {}, 'Hi there', []],
  ['an empty default', sentence(text('Hi'), variable('x', '')), {}, 'Hi', []],
  [
    'numbers and flags',
    sentence(variable('a'), text(' '), variable('b')),
    { a: 0, b: false },
    '0 false',
    [],
  ],
  ['nothing to speak', sentence(variable('x', ''), text('.')), {}, '', []],
  ['inherited names', sentence(variable('toString')), {}, '', ['toString']],
])('%s', (_, given, variables, spoken, missing) =>
  expect(renderSentence(given, variables)).toEqual({ text: spoken, missing }),
);

test('a default is not looked into', () =>
  expect(renderSentence(sentence(variable('x', '{{y}}')), { y: 'no' }).text).toBe('{{y}}'));
