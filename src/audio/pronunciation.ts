/** How a word or phrase is spoken: IPA. */
export type Pronunciation = { readonly phrase: string; readonly spoken: string };

const WORD = /[\p{L}\p{N}]/u;

/**
 * The pronunciations whose phrase stands in the text as whole words; Google wants the exact phrase.
 * Only these are part of a sentence's key: a new one leaves all other sentences as they are.
 */
export function occurring(
  pronunciations: Readonly<Record<string, string>>,
  text: string,
): Pronunciation[] {
  return Object.entries(pronunciations)
    .filter(([phrase]) => stands(phrase, text))
    .map(([phrase, spoken]) => ({ phrase, spoken }));
}

function stands(phrase: string, text: string): boolean {
  if (phrase === '') return false;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const isWhole = !isWord(text[at - 1]) && !isWord(text[at + phrase.length]);
    if (isWhole) return true;
  }
  return false;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && WORD.test(character);
}
