/** Enough to join confirm, confirmed, confirming and cancel, cancelled; not a linguist's stem. */
export function lightStem(word: string): string {
  if (word.length < 4) return word;
  if (!/(?:ing|d|s|e|(.)\1)$/.test(word)) return word;
  return word
    .replace(/(?<=.{3})(?:ing|ed|es|s)$/, '')
    .replace(/(?<=..)([b-df-hj-np-tv-z])\1$/, '$1')
    .replace(/(?<=.{3})e$/, '');
}
