const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = ['', ' thousand', ' million', ' billion', ' trillion'];
const IRREGULAR = new Map([
  ['one', 'first'],
  ['two', 'second'],
  ['three', 'third'],
  ['five', 'fifth'],
  ['eight', 'eighth'],
  ['nine', 'ninth'],
  ['twelve', 'twelfth'],
]);

/** Beyond this the digits are clearer than the words. */
const MAX_SPELLED = 1e15;

/** 1234.5 -> "one thousand two hundred thirty-four point five". */
export function cardinal(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= MAX_SPELLED) return String(value);
  if (value < 0) return `minus ${cardinal(-value)}`;
  const [whole = '0', fraction] = decimal(value).split('.');
  const words = wholeWords(Number(whole));
  return fraction === undefined ? words : `${words} point ${digitWords(fraction)}`;
}

/** 21 -> "twenty-first". */
export function ordinal(value: number): string {
  const words = cardinal(Math.trunc(value));
  const [, head = '', last = ''] = /^(.*?)([a-z]+)$/.exec(words) ?? [];
  const irregular = IRREGULAR.get(last);
  if (irregular !== undefined) return head + irregular;
  return head + (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
}

/** "407" -> "four zero seven"; what is no digit is left out. */
export function digitWords(digits: string): string {
  return [...digits.replace(/\D/g, '')].map((digit) => ONES[Number(digit)] ?? '').join(' ');
}

/** 1999 -> "nineteen ninety-nine", 2005 -> "two thousand five". */
export function yearWords(year: number): string {
  const high = Math.floor(year / 100);
  const low = year % 100;
  if (year < 1000 || year > 9999 || (high % 10 === 0 && low < 10)) return cardinal(year);
  if (low === 0) return `${cardinal(high)} hundred`;
  return `${cardinal(high)} ${low < 10 ? `oh ${cardinal(low)}` : cardinal(low)}`;
}

function wholeWords(value: number): string {
  if (value < 1000) return hundreds(value);
  const groups: string[] = [];
  for (let rest = value, scale = 0; rest > 0; rest = Math.floor(rest / 1000), scale++) {
    const group = rest % 1000;
    if (group > 0) groups.unshift(`${hundreds(group)}${SCALES[scale] ?? ''}`);
  }
  return groups.join(' ');
}

function hundreds(value: number): string {
  const rest = value % 100;
  if (value < 100) return tens(value);
  const head = `${ONES[Math.floor(value / 100)]} hundred`;
  return rest === 0 ? head : `${head} ${tens(rest)}`;
}

function tens(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  const ten = TENS[Math.floor(value / 10)] ?? '';
  return value % 10 === 0 ? ten : `${ten}-${ONES[value % 10]}`;
}

/** Without an exponent: 1e-7 is spoken as digits too. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}
