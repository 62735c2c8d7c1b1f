import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { isE164 } from '../shared/e164.ts';

export type NumberHint = {
  /** Two letters, such as US. */
  readonly country?: string | undefined;
  /** Of the tenant, without plus. */
  readonly callingCode?: string | undefined;
};

/** What a person wrote, as E.164; null when it can be no phone number. */
export function parseNumber(written: string, hint: NumberHint): string | null {
  const text = written.trim();
  if (isE164(text)) return text;
  const parsed = parsePhoneNumberFromString(text, {
    ...(isKnownCountry(hint.country)
      ? { defaultCountry: hint.country }
      : { defaultCallingCode: hint.callingCode ?? '1' }),
    extract: false,
  });
  return parsed?.isPossible() === true && parsed.ext === undefined ? parsed.number : null;
}

export function isKnownCountry(country: string | undefined): country is CountryCode {
  return country !== undefined && isSupportedCountry(country);
}
