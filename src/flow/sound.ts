/**
 * A rough key of how an English word sounds: two words with the same key are easily taken for each
 * other on a telephone ("weight" and "wait", "knight" and "night"). Empty for other scripts.
 */
export function soundOf(word: string): string {
  if (!/^[a-z]+$/.test(word)) return '';
  let sound = word;
  for (const [pattern, letters] of SOUNDS) sound = sound.replace(pattern, letters);
  const [first = ''] = sound;
  // A vowel inside a word is kept as one sign, so that "live" and "leaf" differ from "lift".
  const rest = sound.slice(1).replace(/[aeiouy]+/g, 'a');
  const head = /[aeiouy]/.test(first) ? 'a' : first;
  return (head + rest).replace(/(.)\1+/g, '$1').replace(/a$/, '');
}

/** In this order: silent letters go before the letters that are left are joined. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/^wh/, 'w'],
  [/mb$/, 'm'],
  [/(?<=[aeiou])gh(?=t|$)/, ''],
  [/gh/g, 'g'],
  [/tch/g, 'C'],
  [/sch/g, 'sk'],
  [/(?:t|s)i(?=on|a)/g, 'S'],
  [/sh/g, 'S'],
  [/ch/g, 'C'],
  [/th/g, '0'],
  [/ph/g, 'f'],
  [/dg(?=[eiy])/g, 'j'],
  [/c(?=[eiy])/g, 's'],
  [/ck|c|q/g, 'k'],
  [/g(?=[eiy])/g, 'j'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/(?<=[aeiou])h/g, ''],
  [/[aeiou]w/g, 'a'],
  [/e$/, ''],
];
