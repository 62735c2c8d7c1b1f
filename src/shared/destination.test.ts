import { expect, test } from 'vitest';
import { isAllowedDestination } from './destination.ts';

const EVERYWHERE = ['1', '44', '49', '33', '870', '979', '46', '353'];

test.each([
  '+12125550123',
  '+19765550123',
  '+442071838750',
  '+447700900123',
  '+4930123456',
  '+33140000000',
  '+46901234567',
  '+35315551234',
])('%s is called', (e164) => {
  expect(isAllowedDestination(e164, EVERYWHERE)).toBe(true);
});

test.each([
  ['+19005550123', 'premium rate of North America'],
  ['+12129765555', 'an exchange 976'],
  ['+449098790123', 'premium rate of Britain'],
  ['+447012345678', 'a British personal number'],
  ['+870773111111', 'a satellite'],
  ['+979123456789', 'international premium rate'],
])('%s is not: %s', (e164) => {
  expect(isAllowedDestination(e164, EVERYWHERE)).toBe(false);
});

test('a country that the tenant may not call is not called', () => {
  expect(isAllowedDestination('+442071838750', ['1'])).toBe(false);
});
