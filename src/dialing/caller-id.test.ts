import { expect, test } from 'vitest';
import { callerIdOf } from './caller-id.ts';

const people = Array.from({ length: 3000 }, (_, n) => `+1646555${String(n).padStart(4, '0')}`);

test('one number is everybody’s', () => {
  const only = { fromNumber: '+12125550199', callerIds: [] };
  expect(new Set(people.map((e164) => callerIdOf(only, e164)))).toEqual(new Set(['+12125550199']));
});

test('several are shared out about evenly, and each person keeps his', () => {
  const own = { fromNumber: '+12125550199', callerIds: ['+13105550199', '+442071838750'] };
  const first = people.map((e164) => callerIdOf(own, e164));
  expect(people.map((e164) => callerIdOf(own, e164))).toEqual(first);
  for (const number of [own.fromNumber, ...own.callerIds]) {
    const share = first.filter((one) => one === number).length / people.length;
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.39);
  }
});

test('a number of the person’s own area comes first', () => {
  const own = { fromNumber: '+12125550199', callerIds: ['+16465550199', '+442071838750'] };
  expect(callerIdOf(own, '+16465550001')).toBe('+16465550199');
  expect(callerIdOf(own, '+442079460000')).toBe(callerIdOf(own, '+442079460000'));
});
