import { normalise } from '../normalise.ts';
import { toNumber } from '../speak/amounts.ts';
import { KEY_SOUNDS } from '../words.ts';

const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
]);
const REPEATS = new Map([
  ['double', 2],
  ['triple', 3],
]);

/** "Twelve hundred", "two thousand and five", "minus 3", "one point five"; null when none is said. */
export function readNumber(text: string): number | null {
  const plain = toNumber(text);
  if (plain !== null) return plain;
  const tokens = normalise(
    text.replace(/(\d),(?=\d{3})/g, '$1').replace(/(\d)\.(?=\d)/g, '$1 point '),
  );
  let total = 0;
  let group: number | null = null;
  let fraction: string | null = null;
  let sign = 1;
  for (const { text: word } of tokens) {
    const scale = SCALES.get(word);
    if (/^\d+$/.test(word) && fraction !== null) fraction += word;
    else if (/^\d+$/.test(word)) {
      // Two numbers side by side ("two, three") are not one.
      if (group !== null && (group % 100 !== 0 || Number(word) >= 100)) return null;
      group = (group ?? 0) + Number(word);
    } else if (scale === 100) group = (group ?? 1) * 100;
    else if (scale !== undefined) {
      total += (group ?? 1) * scale;
      group = 0;
    } else if (word === 'point' && group !== null) fraction = '';
    else if (word === 'minus' || word === 'negative') sign = -1;
    else if (word === 'half' && group !== null) fraction = '5';
  }
  if (group === null) return null;
  return sign * Number(`${total + group}${fraction ? `.${fraction}` : ''}`);
}

/** Digits in the order they are said: "four oh seven", "double five", "twelve thirty four". */
export function readDigits(text: string): string {
  let digits = '';
  let times = 1;
  for (const { text: word } of normalise(text)) {
    const sound = KEY_SOUNDS.get(word);
    const spoken = /^\d+$/.test(word) ? word : /^\d$/.test(sound ?? '') ? (sound ?? '') : '';
    digits += spoken.repeat(spoken.length === 1 ? times : 1);
    times = REPEATS.get(word) ?? 1;
  }
  return digits;
}
