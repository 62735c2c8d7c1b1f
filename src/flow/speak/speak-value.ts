import type { Format } from '../types.ts';
import { speakCurrency, speakPhone, toNumber } from './amounts.ts';
import { isEnglish, speakDate, speakTime, speakWeekday } from './dates.ts';
import { cardinal, digitWords, ordinal } from './numbers.ts';

const DEFAULT_LOCALE = 'en-US';
const DEFAULT_ZONE = 'UTC';

/** A value for the ear. What the format cannot read is spoken as it stands: a call never fails. */
export function speakValue(format: Format, text: string): string {
  const locale = isLocale(format.locale) ? (format.locale ?? DEFAULT_LOCALE) : DEFAULT_LOCALE;
  return speak(format, text.trim(), locale) ?? text;
}

function speak({ name, arg = '', zone = DEFAULT_ZONE }: Format, text: string, locale: string) {
  switch (name) {
    case 'date':
      return speakDate(text, arg, locale, zone);
    case 'weekday':
      return speakWeekday(text, locale, zone);
    case 'time':
      return speakTime(text, locale, zone);
    case 'currency':
      return speakCurrency(text, arg, locale);
    case 'phone':
      return speakPhone(text, locale);
    case 'digits':
      return speakDigits(text, Number(arg), locale);
    case 'spell':
      return [...text.replace(/\s+/g, '')].map((sign) => nameOf(sign, locale)).join(', ');
    case 'number':
    case 'ordinal':
      return speakNumber(name, toNumber(text), locale);
  }
}

function speakNumber(name: 'number' | 'ordinal', value: number | null, locale: string) {
  if (value === null) return null;
  if (!isEnglish(locale)) return new Intl.NumberFormat(locale).format(value);
  if (name === 'number') return cardinal(value);
  return Number.isInteger(value) ? ordinal(value) : null;
}

/** In groups, with a pause between them, when the argument is their length. */
function speakDigits(text: string, size: number, locale: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (digits === '') return null;
  const step = Number.isInteger(size) && size > 0 ? size : digits.length;
  const groups: string[] = [];
  for (let at = 0; at < digits.length; at += step) groups.push(digits.slice(at, at + step));
  const say = (group: string) => (isEnglish(locale) ? digitWords(group) : [...group].join(' '));
  return groups.map(say).join(', ');
}

const SIGNS = new Map([
  ['-', 'dash'],
  ['_', 'underscore'],
  ['.', 'dot'],
  ['@', 'at'],
  ['/', 'slash'],
  ['#', 'hash'],
  ['+', 'plus'],
]);

function nameOf(sign: string, locale: string): string {
  if (!isEnglish(locale)) return sign.toUpperCase();
  if (/\d/.test(sign)) return digitWords(sign);
  return SIGNS.get(sign) ?? sign.toUpperCase();
}

function isLocale(locale: string | undefined): boolean {
  try {
    return locale !== undefined && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}
