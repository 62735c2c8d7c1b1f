import { expect, test } from 'vitest';
import { RequestCap } from './request-cap.ts';

const RATE = 10;
/** What ten calls a second need at a second an answer, and one. */
const NEEDED = 11;

function begin(cap: RequestCap, count: number, now = 0): void {
  for (let i = 0; i < count; i++) cap.begin(`call_${i}`, now);
}

test('a refusal halves what was under way, and it rises again by one a second', () => {
  const cap = new RequestCap();
  begin(cap, 60);
  cap.end('call_0', 0, true);
  expect(cap.limit(0, RATE)).toBe(30);
  expect(cap.limit(10_000, RATE)).toBe(40);
  expect(cap.limit(1_000_000, RATE)).toBe(100);
});

test('refusals of one moment lower it once, those of the next again', () => {
  const cap = new RequestCap();
  begin(cap, 60);
  cap.end('call_0', 0, true);
  cap.end('call_1', 10, true);
  expect(cap.limit(10, RATE)).toBe(30);
  cap.end('call_2', 1000, true);
  expect(cap.limit(1000, RATE)).toBe(15);
});

test('it is full when so many are under way, and free again when one ends', () => {
  const cap = new RequestCap();
  begin(cap, 40);
  cap.end('call_0', 0, true);
  expect(cap.isFree(0, RATE)).toBe(false);
  for (let i = 1; i < 21; i++) cap.end(`call_${i}`, 0, false);
  expect(cap.isFree(0, RATE)).toBe(true);
});

test('a refusal now and then never costs the pace', () => {
  const cap = new RequestCap();
  for (let now = 0; now < 60_000; now += 100) {
    cap.begin(`call_${now}`, now);
    cap.end(`call_${now}`, now, now % 2000 === 0);
    expect(cap.limit(now, RATE)).toBeGreaterThanOrEqual(NEEDED);
  }
});

test('a storm of refusals leaves one request at a time, ever more rarely', () => {
  const cap = new RequestCap();
  let now = 0;
  const triedAt: number[] = [];
  for (; now < 60_000; now += 50) {
    if (!cap.isFree(now, RATE)) continue;
    triedAt.push(now);
    cap.begin('call', now);
    cap.end('call', now, true);
  }
  const pauses = triedAt.slice(4).map((at, i) => at - (triedAt[i + 3] ?? 0));
  expect(pauses.slice(0, 6)).toEqual([250, 500, 1000, 2000, 4000, 8000]);
  expect(Math.max(...pauses)).toBe(8000);
  cap.begin('one', now + 8000);
  expect(cap.isFree(now + 8000, RATE)).toBe(false);
  cap.end('one', now + 8100, false);
  expect(cap.limit(now + 8100, RATE)).toBeGreaterThanOrEqual(NEEDED);
  expect(cap.isFree(now + 8100, RATE)).toBe(true);
});

test('a request that nobody ended holds its place fifteen seconds', () => {
  const cap = new RequestCap();
  begin(cap, 100);
  expect(cap.isFree(14_999, RATE)).toBe(false);
  expect(cap.isFree(15_000, RATE)).toBe(true);
  expect(cap.end('call_0', 15_000, false)).toBeUndefined();
});

test('the end of a request tells when it began', () => {
  const cap = new RequestCap();
  cap.begin('call', 120);
  expect(cap.end('call', 400, false)).toBe(120);
});

test('who was let through ahead of its moment is not under way yet, but in a storm', () => {
  const cap = new RequestCap();
  begin(cap, 100, 250);
  expect(cap.isFree(249, RATE)).toBe(true);
  expect(cap.isFree(250, RATE)).toBe(false);
  for (let i = 0; i < 99; i++) cap.end(`call_${i}`, 250, false);
  for (let i = 0; i < 4; i++) cap.end(`refused_${i}`, 250, true);
  cap.begin('call_99', 20_000);
  expect(cap.isFree(15_000, RATE)).toBe(false);
});
