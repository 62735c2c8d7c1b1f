import { expect, test } from 'vitest';
import { chosenMapping, guessMapping } from './guess-mapping.ts';

test('columns are guessed by their names', () => {
  expect(guessMapping(['First name', 'Mobile phone', 'Customer ID', 'Time zone'])).toEqual({
    ...{ number: 'Mobile phone', externalId: 'Customer ID', timeZone: 'Time zone' },
    fields: { 'First name': 'firstName' },
  });
});

test('what was chosen before is chosen again, and what was left out stays out', () => {
  const mapping = { number: 'Phone', fields: { name: 'First name' } };
  expect(chosenMapping(['First name', 'Phone', 'Note'], mapping)).toEqual({
    ...{ number: 'Phone', externalId: '', timeZone: '' },
    fields: { 'First name': 'name', Phone: '', Note: '' },
  });
});
