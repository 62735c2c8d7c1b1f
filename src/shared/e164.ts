/** ITU-T E.164: a plus sign, a country code and at most 15 digits in all. */
export function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}
