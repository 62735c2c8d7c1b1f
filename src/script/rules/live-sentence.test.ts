import { test } from 'vitest';
import { expectFaults, expectNone } from './harness.fixture.ts';
import { liveSentence } from './live-sentence.ts';

test('only the sentence with the value set in the call', () =>
  expectFaults(liveSentence, '[start]\n@set n = 1\nHi {{name}}. You are number {{n}}.\n-> END', [
    ['DS234', '3:14', 'You are number {{n}}.'],
  ]));

test('retry prompts are spoken too', () =>
  expectFaults(liveSentence, '@retry 1 "Try {{webhook.word}}."\n[start]\n-> END', [
    ['DS234', '1:11', 'Try {{webhook.word}}.'],
  ]));

test('contact fields are known before', () =>
  expectNone(liveSentence, '[start]\nHi {{name}}.\n-> END'));
