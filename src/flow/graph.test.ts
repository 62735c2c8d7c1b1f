import { expect, test } from 'vitest';
import { flowOf, nodeOf, on, say, sentenceOf } from './flow.fixture.ts';
import { graphOf } from './graph.ts';
import { longestPath } from './longest-path.ts';
import { promptSeconds } from './prompt-seconds.ts';
import { estimateSpeech } from './speech-estimate.ts';

const FLOW = flowOf({
  start: nodeOf(
    [say('Hi {name}.', 'Can you come?')],
    on('1,@yes', 'fine'),
    on('@no', 'END', { outcome: 'no' }),
    on('=else', 'REPEAT'),
  ),
  fine: nodeOf([say('Fine.')], on('', 'bye')),
  bye: nodeOf([say(`${'Goodbye and thanks. '.repeat(6)}`)], on('', 'END')),
  island: nodeOf([], on('', 'nowhere')),
});

test('nodes, edges, ends and what is never reached', () => {
  const { nodes, edges, ends, unreachable } = graphOf(FLOW);
  expect(nodes[0]).toEqual({
    name: 'start',
    label: 'Hi {{name}}. Can you come?',
    action: null,
    seconds: 1.8,
    isEntry: true,
    isEnd: true,
    isReachable: true,
  });
  expect(nodes[2]?.label).toHaveLength(60);
  expect(edges.map(({ from, to, label, outcome }) => [from, to, label, outcome])).toEqual([
    ['start', 'fine', '1, @yes', null],
    ['start', 'END', '@no', 'no'],
    ['start', 'start', 'else', null],
    ['fine', 'bye', '', null],
    ['bye', 'END', '', null],
    ['island', 'nowhere', '', null],
  ]);
  expect(edges.filter(({ isBroken }) => isBroken).map(({ to }) => to)).toEqual(['nowhere']);
  expect(ends).toEqual(['start', 'bye']);
  expect(unreachable).toEqual(['island']);
});

test('the longest path', () => {
  expect(longestPath(FLOW)).toEqual(['start', 'fine', 'bye']);
  const loop = flowOf({
    start: nodeOf([], on('1', 'a'), on('2', 'END')),
    a: nodeOf([], on('1', 'start'), on('2', 'b')),
    b: nodeOf([], on('1', 'a'), on('2', 'END')),
  });
  expect(longestPath(loop)).toEqual(['start', 'a', 'b']);
  const chain = Array.from({ length: 20_000 }, (_, i) => [
    i === 0 ? 'start' : `n${i}`,
    nodeOf([], on('', `n${i + 1}`)),
  ]);
  expect(longestPath(flowOf(Object.fromEntries(chain)))).toHaveLength(20_000);
});

test('seconds, sentences and cost', () => {
  expect(promptSeconds([sentenceOf('x'.repeat(150))], 2)).toBe(5);
  const one = estimateSpeech(FLOW, 1);
  const many = estimateSpeech(FLOW, 1001);
  expect(one).toMatchObject({ dynamicSentences: 1, liveSentences: 0 });
  expect(many.sentences - one.sentences).toBe(1000);
  expect(many.chars - one.chars).toBe(14_000);
  expect(estimateSpeech(FLOW, 100_000).usd).toBeCloseTo(42.01, 1);
  expect(estimateSpeech(FLOW, 0, 0).usd).toBe(0);
});
