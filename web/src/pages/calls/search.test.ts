import { expect, test } from 'vitest';
import { callFilters, callSearch } from './search.ts';

test('what does not fit is left out of the address', () => {
  expect(
    callSearch({ status: 'sleeping', direction: 'up', from: 'May', outcome: 'confirmed', x: 1 }),
  ).toEqual({ outcome: 'confirmed' });
});

test('a day ends when it ends, and "in progress" is every status before the end', () => {
  const search = callSearch({ status: 'open', from: '2026-05-14', to: '2026-05-14' });
  const filters = callFilters(search);
  expect(filters.status).toBe('queued,initiated,ringing,in-progress');
  expect(Number(filters.to) - Number(filters.from)).toBe(86_400_000);
});

test("a number and Twilio's own name of a call are told apart", () => {
  const sid = `CA${'0a'.repeat(16)}`;
  expect(callFilters(callSearch({ number: sid }))).toEqual({ twilioSid: sid });
  expect(callFilters(callSearch({ number: '0123' }))).toEqual({ number: '0123' });
  expect(callFilters(callSearch({ number: '01' }))).toEqual({});
});
