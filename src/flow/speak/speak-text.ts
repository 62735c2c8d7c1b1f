import { speakCurrency, speakPhone, toNumber } from './amounts.ts';
import { isEnglish, speakDate, speakTime } from './dates.ts';
import { cardinal, ordinal } from './numbers.ts';

type Rule = readonly [RegExp, (text: string, locale: string) => string | null];

/** In this order: what a rule has turned into words, no later one meets as digits. */
const RULES: readonly Rule[] = [
  [
    /(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])/g,
    (text, locale) => speakDate(text, 'long', locale, 'UTC'),
  ],
  [
    /(?<![\w/])\d{1,2}\/\d{1,2}\/\d{4}(?![\w/])/g,
    (text, locale) => speakDate(text, 'long', locale, 'UTC'),
  ],
  [
    /(?<!\w)\d{1,2}:\d{2}(?:\s*(?:[ap]m\b|[ap]\.m\.))?(?!\w)/gi,
    (text, locale) => speakTime(text, locale, 'UTC'),
  ],
  [/(?<!\w)\d{1,2}\s*(?:[ap]m\b|[ap]\.m\.)/gi, (text, locale) => speakTime(text, locale, 'UTC')],
  [/(?<!\w)\$\d[\d,]*(?:\.\d{2})?(?!\w)/g, (text, locale) => speakCurrency(text, 'USD', locale)],
  [/(?:\+1[-. ]?)?(?<![\w-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])/g, speakPhone],
  [/(?<![\w-])\d{1,4}(?:st|nd|rd|th)\b/g, (text) => ordinal(Number.parseInt(text, 10))],
  [/(?<!\w)\d[\d,]*(?:\.\d+)?%/g, (text) => withNumber(text.slice(0, -1), ' percent')],
  [
    /(?<![\w.-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w-])|(?<![\w.:-])\d{1,3}(?:\.\d+)?(?![\w:-]|\.\d)/g,
    (text) => withNumber(text, ''),
  ],
];

/**
 * Free text for the ear: dates, times, money, telephone numbers and numbers in words. English only;
 * other languages, and every number that no rule is sure of, are left as they stand.
 */
export function speakText(text: string, locale = 'en-US'): string {
  if (!isEnglish(locale)) return text;
  return RULES.reduce(
    (spoken, [pattern, speak]) => spoken.replace(pattern, (found) => speak(found, locale) ?? found),
    text,
  );
}

function withNumber(text: string, unit: string): string | null {
  const value = toNumber(text);
  return value === null ? null : cardinal(value) + unit;
}
