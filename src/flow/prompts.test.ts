import { describe, expect, test } from 'vitest';
import { flowOf, nodeOf, on, say, sentenceOf } from './flow.fixture.ts';
import { promptsOf, requiredVariables } from './prompts.ts';
import { renderSentence } from './sentences.ts';
import type { Flow } from './types.ts';

const textsOf = (flow: Flow) =>
  promptsOf(flow).map((sentence) => renderSentence(sentence, {}).text);

describe('promptsOf', () => {
  test('reachable nodes, retry texts, opt-out texts and the goodbye, each once', () => {
    const flow = flowOf(
      {
        start: nodeOf([say('Hi.', 'Well?')], on('1', 'next')),
        next: nodeOf([say('Hi.'), say('Bye now.')], on('', 'END')),
        island: nodeOf([say('Never.')]),
        spare: nodeOf([say('Spare.')]),
      },
      { fallback: 'spare' },
    );
    expect(textsOf(flow)).toEqual([
      'Hi.',
      'Well?',
      'Spare.',
      'Bye now.',
      'Sorry?',
      'Once more.',
      'Stop calling you?',
      'No more calls.',
      'Goodbye.',
    ]);
  });

  test('no retry texts where nobody listens, no opt-out where it is off', () => {
    const globals = { repeat: true, stop: false, agent: null };
    const flow = flowOf({ start: nodeOf([say('Hi.')], on('', 'END')) }, { globals });
    expect(textsOf(flow)).toEqual(['Hi.', 'Goodbye.']);
  });

  test('opt-out texts when a branch of its own can ask', () => {
    const globals = { repeat: true, stop: false, agent: null };
    const flow = flowOf({ start: nodeOf([say('Hi.')], on('@stop', 'END')) }, { globals });
    expect(textsOf(flow)).toContain('Stop calling you?');
  });

  test('retry texts beyond the count are never spoken', () => {
    const retry = { count: 1, prompts: [[sentenceOf('One.')], [sentenceOf('Two.')]] };
    const flow = flowOf({ start: nodeOf([say('Hi.')], on('1', 'END')) }, { retry });
    expect(textsOf(flow)).not.toContain('Two.');
  });
});

test('requiredVariables are those that no default, @set or webhook provides', () => {
  const flow = flowOf({
    start: nodeOf(
      [
        { type: 'set', path: 'count', value: { type: 'value', value: 1 } },
        say('Hi {name}, {name}, {nick|friend}, {count}, {webhook.id}, {doctor.name}.'),
      ],
      on('', 'END'),
    ),
    island: nodeOf([say('{unused}')]),
  });
  expect(requiredVariables(flow)).toEqual(['name', 'doctor.name']);
});
