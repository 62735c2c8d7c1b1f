import { expect, test } from 'vitest';
import { Remembered } from './remembered.ts';

function counting() {
  let now = 0;
  const loads: {
    readonly resolve: (value: number) => void;
    readonly reject: (e: Error) => void;
  }[] = [];
  const clock = { now: () => now, sleep: async () => {} };
  const remembered = new Remembered(
    clock,
    () => new Promise<number>((resolve, reject) => loads.push({ resolve, reject })),
  );
  return { loads, remembered, at: (ms: number) => (now = ms) };
}

test('is loaded once in ten seconds, for all who ask', async () => {
  const { loads, remembered, at } = counting();
  const both = [remembered.get('a'), remembered.get('a')];
  loads[0]?.resolve(1);
  expect(await Promise.all(both)).toEqual([1, 1]);
  at(9_999);
  expect(await remembered.get('a')).toBe(1);
  at(10_000);
  const again = remembered.get('a');
  loads[1]?.resolve(2);
  expect(await again).toBe(2);
  expect(loads.length).toBe(2);
});

test('what fails is asked again', async () => {
  const { loads, remembered } = counting();
  const failed = remembered.get('a');
  loads[0]?.reject(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  const again = remembered.get('a');
  loads[1]?.resolve(2);
  expect(await again).toBe(2);
});

test('nobody waits for a question that was lost with its request', async () => {
  const { loads, remembered, at } = counting();
  void remembered.get('a');
  at(1000);
  const later = remembered.get('a');
  loads[1]?.resolve(2);
  expect(await later).toBe(2);
});

test('keeps the two thousand that were loaded last', async () => {
  const { loads, remembered } = counting();
  for (let i = 0; i <= 2000; i++) {
    const value = remembered.get(`n${i}`);
    loads[i]?.resolve(i);
    await value;
  }
  await Promise.all([remembered.get('n1'), remembered.get('n2000')]);
  expect(loads.length).toBe(2001);
  void remembered.get('n0');
  expect(loads.length).toBe(2002);
});
