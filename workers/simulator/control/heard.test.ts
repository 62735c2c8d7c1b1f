import { expect, it } from 'vitest';
import { assemble, readSegments } from './heard.ts';

const entry = (kind: string, detail: object) => ({
  id: 1,
  at: 0,
  callSid: 'CA1',
  kind,
  detail: JSON.stringify(detail),
});

it('lays what was heard on the timeline, cut where the callee cut it', async () => {
  const segments = readSegments([
    entry('say', { atMs: 3000, heardMs: 900, isCut: false, text: 'hi', voice: 'man' }),
    entry('play', { atMs: 1000, heardMs: 500, isCut: true, url: 'u', sha256: 's' }),
    entry('gather', {}),
  ]);
  expect(segments).toHaveLength(2);
  const audio = await assemble(segments, 6000, async ({ kind }) =>
    new Uint8Array(8000).fill(kind === 'play' ? 1 : 2),
  );
  const runs = [...audio].reduce<[number, number][]>((list, code) => {
    const last = list.at(-1);
    if (last?.[0] === code) last[1] += 1;
    else list.push([code, 1]);
    return list;
  }, []);
  expect(runs).toEqual([
    [255, 8000],
    [1, 4000],
    [255, 12_000],
    [2, 8000],
    [255, 16_000],
  ]);
});
