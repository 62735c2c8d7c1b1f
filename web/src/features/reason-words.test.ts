import { expect, test } from 'vitest';
import { reasonWords } from './reason-words.ts';

test.each([
  ['sip_486', 'Busy'],
  ['sip_599', 'The carrier said 599'],
  ['opted_out', 'Opted out'],
])('%s is said as %s', (reason, said) => expect(reasonWords(reason)).toBe(said));
