import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakerVerdict, type EndedCall } from './breaker.ts';

const calls = (count: number, status: string, errorCode: string | null = null): EndedCall[] =>
  Array.from({ length: count }, () => ({ status, errorCode }));

test.each([
  { name: 'nothing yet', ended: [], word: null },
  { name: 'nineteen failures', ended: calls(19, 'failed', 'sip_503'), word: null },
  { name: 'twenty failures', ended: calls(20, 'failed', 'sip_503'), word: 'failed at the carrier' },
  {
    name: 'twelve of twenty',
    ended: [...calls(12, 'failed', '13220'), ...calls(8, 'completed')],
    word: '12 of the last 20 calls failed',
  },
  {
    name: 'eleven of twenty',
    ended: [...calls(11, 'failed'), ...calls(9, 'completed')],
    word: null,
  },
  {
    name: 'old failures behind good calls',
    ended: [...calls(20, 'completed'), ...calls(30, 'failed')],
    word: null,
  },
  {
    name: 'busy and silent people',
    ended: [...calls(30, 'busy'), ...calls(30, 'no-answer')],
    word: null,
  },
  { name: 'forty-nine bad numbers', ended: calls(49, 'failed', '21211'), word: null },
  {
    name: 'fifty bad numbers',
    ended: calls(50, 'failed', 'sip_404'),
    word: 'check the contact list',
  },
])('$name: $word', ({ ended, word }) => {
  const verdict = breakerVerdict(ended);
  if (word === null) expect(verdict).toBeNull();
  else expect(verdict).toContain(word);
});

test('it never trips while half of the last calls were picked up', () => {
  const one = fc.constantFrom<EndedCall>(
    { status: 'failed', errorCode: null },
    { status: 'failed', errorCode: '21211' },
    { status: 'busy', errorCode: null },
  );
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), (bad) => {
      const mixed = bad.flatMap((call) => [call, { status: 'completed', errorCode: null }]);
      expect(breakerVerdict(mixed)).toBeNull();
    }),
  );
});
