import { expect, test } from 'vitest';
import { occurring } from './pronunciation.ts';

const ACME = { Acme: 'ˈækmi' };

test.each([
  { text: 'Acme calls.', found: true },
  { text: 'This is Acme', found: true },
  { text: "Acme's office", found: true },
  { text: 'Acmeville and Acme', found: true },
  { text: 'Acmeville', found: false },
  { text: 'acme', found: false },
  { text: '', found: false },
])('"$text": $found', ({ text, found }) => {
  expect(occurring(ACME, text)).toEqual(found ? [{ phrase: 'Acme', spoken: 'ˈækmi' }] : []);
});

test('an empty phrase stands nowhere', () => {
  expect(occurring({ '': 'x' }, 'anything')).toEqual([]);
});
