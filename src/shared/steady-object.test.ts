import { expect, test } from 'vitest';
import { steadyObject } from './steady-object.ts';

const reset = () => Object.assign(new Error('gone'), { durableObjectReset: true });

function failing(errors: readonly Error[]) {
  const left = [...errors];
  const slept: number[] = [];
  let stubs = 0;
  const stub = () => {
    stubs += 1;
    return {
      double: async (n: number) => {
        const error = left.shift();
        if (error !== undefined) throw error;
        return n * 2;
      },
    };
  };
  const steady = steadyObject(stub, { sleep: async (ms) => void slept.push(ms) });
  return { steady, slept, stubs: () => stubs };
}

test('an object that was reset is asked again, by a new stub', async () => {
  const { steady, slept, stubs } = failing([reset(), reset()]);
  expect(await steady.double(21)).toBe(42);
  expect(stubs()).toBe(3);
  expect(slept).toHaveLength(2);
});

test('an error of the method itself is thrown at once', async () => {
  const { steady, stubs } = failing([new Error('no such call')]);
  await expect(steady.double(21)).rejects.toThrow('no such call');
  expect(stubs()).toBe(1);
});

test('an object that is reset again and again is given up', async () => {
  const { steady } = failing(Array.from({ length: 9 }, reset));
  await expect(steady.double(21)).rejects.toThrow('gone');
});

test('it can be handed through an await', async () => {
  const { steady } = failing([]);
  expect(await (await Promise.resolve(steady)).double(1)).toBe(2);
});
