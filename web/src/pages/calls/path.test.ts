import { expect, test } from 'vitest';
import { pathOf } from './path.ts';

const enter = (n: number, node: string, at = n) => ({
  ...{ source: 'session', n, at, type: 'flow.enter', detail: { node } },
});

test('an event that is in the history and in the feed counts once, in the order of the call', () => {
  const history = [enter(1, 'start'), enter(4, 'desk')];
  const feed = [enter(4, 'desk'), enter(9, 'thanks'), enter(6, 'start')];
  const { nodes, ways } = pathOf(history, feed);
  expect(nodes).toEqual(['start', 'desk', 'start', 'thanks']);
  expect(ways.map(({ from, to }) => `${from}>${to}`)).toEqual([
    ...['start>desk', 'desk>start', 'start>thanks'],
  ]);
});

test('what is no entry into a node is no part of the way', () => {
  const prompt = { ...enter(2, 'start'), type: 'flow.prompt' };
  expect(pathOf([prompt])).toEqual({ nodes: [], ways: [] });
});
