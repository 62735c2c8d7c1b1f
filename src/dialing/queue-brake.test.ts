import { expect, test } from 'vitest';
import { brakeOn, NO_BRAKE, paceFactor, type QueueBrake } from './queue-brake.ts';

const AT = 1_000_000;

test.each([
  { name: 'no wait', queueTimeMs: 0, callsPerSecond: 10 },
  { name: 'a wait of two seconds', queueTimeMs: 2000, callsPerSecond: 10 },
  { name: 'three calls at one a second', queueTimeMs: 3000, callsPerSecond: 1 },
])('$name brakes nothing', ({ queueTimeMs, callsPerSecond }) => {
  expect(brakeOn(NO_BRAKE, queueTimeMs, AT, callsPerSecond)).toBe(NO_BRAKE);
});

test('calls that wait in the carrier lower the pace by a fifth, once in two seconds', () => {
  const braked = brakeOn(NO_BRAKE, 2001, AT, 10);
  expect(paceFactor(braked, AT)).toBeCloseTo(0.8);
  expect(brakeOn(braked, 5000, AT + 1999, 10)).toBe(braked);
  expect(paceFactor(brakeOn(braked, 5000, AT + 2000, 10), AT + 2000)).toBeCloseTo(0.648);
});

test('however long the queue is, some pace is left, and it comes back by itself', () => {
  let brake: QueueBrake = NO_BRAKE;
  let now = AT;
  for (; now < AT + 60_000; now += 2000) brake = brakeOn(brake, 60_000, now, 10);
  expect(paceFactor(brake, now)).toBeGreaterThanOrEqual(0.3);
  expect(paceFactor(brake, now)).toBeLessThan(0.32);
  expect(paceFactor(brake, now + 70_000)).toBeCloseTo(0.65, 1);
  expect(paceFactor(brake, now + 150_000)).toBe(1);
});
