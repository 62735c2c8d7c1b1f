import { expect, test } from 'vitest';
import { CallerLookup, type FindCallers } from './caller-lookup.ts';

/** A database that answers when it is told to. */
function slowly(now = () => 0) {
  const asked: {
    readonly numbers: readonly string[];
    readonly answer: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const find: FindCallers = (numbers) =>
    new Promise((resolve, reject) => {
      const known = numbers.filter((number) => !number.endsWith('0'));
      asked.push({
        numbers,
        answer: () =>
          resolve(new Map(known.map((e164) => [e164, { id: `con_${e164}`, fields: {} }]))),
        fail: reject,
      });
    });
  return { asked, lookup: new CallerLookup({ now, sleep: async () => {} }, find) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('the first is asked for at once, all who come meanwhile together', async () => {
  const { asked, lookup } = slowly();
  const all = ['+11', '+12', '+13', '+12', '+10'].map((number) => lookup.find(number));
  await settled();
  expect(asked.map(({ numbers }) => numbers)).toEqual([['+11']]);
  asked[0]?.answer();
  await settled();
  expect(asked.map(({ numbers }) => numbers)).toEqual([['+11'], ['+12', '+13', '+10']]);
  asked[1]?.answer();
  expect((await Promise.all(all)).map((caller) => caller?.id)).toEqual([
    ...['con_+11', 'con_+12', 'con_+13', 'con_+12', undefined],
  ]);
  const later = lookup.find('+14');
  await settled();
  asked[2]?.answer();
  expect((await later)?.id).toBe('con_+14');
});

test('a thousand at once are three questions', async () => {
  const { asked, lookup } = slowly();
  const all = Array.from({ length: 1001 }, (_, i) => lookup.find(`+1${i}`));
  for (let i = 0; i < 4; i++) {
    await settled();
    asked[i]?.answer();
  }
  expect((await Promise.all(all)).length).toBe(1001);
  expect(asked.map(({ numbers }) => numbers.length)).toEqual([1, 500, 500]);
});

test('a question that fails fails for who asked it; the others ask again', async () => {
  const { asked, lookup } = slowly();
  const [first, second] = [lookup.find('+11'), lookup.find('+12')];
  await settled();
  asked[0]?.fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await settled();
  asked[1]?.answer();
  expect((await second)?.id).toBe('con_+12');
});

test('nobody waits for a question that was lost with its request', async () => {
  let now = 0;
  const { asked, lookup } = slowly(() => now);
  void lookup.find('+11');
  await settled();
  now = 1001;
  const later = lookup.find('+12');
  await settled();
  asked[1]?.answer();
  expect((await later)?.id).toBe('con_+12');
});
