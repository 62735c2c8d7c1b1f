import { expect, test } from 'vitest';
import { idMaker, isId } from './ids.ts';

const zeros = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(0);

test('ids sort by the time they were made in', () => {
  const times = [0, 1, 31, 32, 1_795_000_000_000, 1_795_000_000_001];
  const ids = times.map((time) => idMaker(() => time, zeros)('call'));
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every((id) => isId('call', id))).toBe(true);
});

test.each(['call_', 'con_00000000000000000000000000', 'call_0000000000000000000000000!', ''])(
  'isId refuses %j',
  (value) => expect(isId('call', value)).toBe(false),
);
