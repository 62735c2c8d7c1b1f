import { isEnglish } from './dates.ts';
import { cardinal, digitWords } from './numbers.ts';

type Names = readonly [one: string, many: string, part: string, parts: string];
const CURRENCIES: ReadonlyMap<string, Names> = new Map([
  ['USD', ['dollar', 'dollars', 'cent', 'cents']],
  ['CAD', ['Canadian dollar', 'Canadian dollars', 'cent', 'cents']],
  ['AUD', ['Australian dollar', 'Australian dollars', 'cent', 'cents']],
  ['EUR', ['euro', 'euros', 'cent', 'cents']],
  ['GBP', ['pound', 'pounds', 'penny', 'pence']],
]);
const BY_COUNTRY = new Map([
  ['US', 'USD'],
  ['CA', 'CAD'],
  ['AU', 'AUD'],
  ['GB', 'GBP'],
]);

/** "twelve dollars and fifty cents"; the currency is the argument's or the language's country's. */
export function speakCurrency(text: string, arg: string, locale: string): string | null {
  const value = toNumber(text);
  if (value === null) return null;
  const country = locale.split('-').at(-1)?.toUpperCase() ?? '';
  const code = (
    arg ||
    BY_COUNTRY.get(country) ||
    (isEnglish(locale) ? 'USD' : 'EUR')
  ).toUpperCase();
  const names = CURRENCIES.get(code);
  if (!isEnglish(locale) || names === undefined) return byIntl(value, code, locale);
  const cents = Math.round(Math.abs(value) * 100);
  const whole = Math.floor(cents / 100);
  const rest = cents % 100;
  const minus = value < 0 ? 'minus ' : '';
  const main = `${cardinal(whole)} ${whole === 1 ? names[0] : names[1]}`;
  const part = `${cardinal(rest)} ${rest === 1 ? names[2] : names[3]}`;
  if (rest === 0) return minus + main;
  return minus + (whole === 0 ? part : `${main} and ${part}`);
}

/** Digit by digit with pauses as people say it; a foreign number keeps its "plus". */
export function speakPhone(text: string, locale: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 3 || digits.length > 15 || /[a-z]/i.test(text)) return null;
  const isNorthAmerican = /^1\d{10}$/.test(digits) || (digits.length === 10 && !text.includes('+'));
  const groups = isNorthAmerican
    ? [digits.slice(-10, -7), digits.slice(-7, -4), digits.slice(-4)]
    : (digits.match(/\d{1,3}/g) ?? []);
  const isForeign = text.trim().startsWith('+') && !isNorthAmerican;
  const say = (group: string) => (isEnglish(locale) ? digitWords(group) : [...group].join(' '));
  return (isForeign ? `${isEnglish(locale) ? 'plus' : '+'} ` : '') + groups.map(say).join(', ');
}

/** A number as contacts' fields have it: "1,234.50", "$12"; null for any other text. */
export function toNumber(text: string): number | null {
  const plain = text.trim().replace(/^(-?)[$\u20ac\u00a3]\s*/, '$1');
  if (!/^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/.test(plain)) return null;
  return Number(plain.replaceAll(',', ''));
}

function byIntl(value: number, currency: string, locale: string): string | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  const style = { style: 'currency', currency, currencyDisplay: 'name' } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}
