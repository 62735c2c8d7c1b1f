/**
 * Cuts text into pieces that `fits` accepts, at the end of a sentence if there is one, else of a
 * clause, else of a word, else between characters. Pieces are trimmed and never empty; `fits`
 * must accept any single character and every prefix of what it accepts.
 */
export function splitText(text: string, fits: (piece: string) => boolean): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const end = fits(rest) ? rest.length : cutPoint(rest.slice(0, longestFit(rest, fits)));
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return pieces;
}

function longestFit(text: string, fits: (piece: string) => boolean): number {
  let low = 1;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  if (!isInsidePair(text, low)) return low;
  return low > 1 ? low - 1 : 2;
}

const isInsidePair = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1);
  return before >= 0xd800 && before <= 0xdbff && at < text.length;
};

function cutPoint(head: string): number {
  for (const boundary of [/[.!?…]["')\]]*\s/gu, /[,;:]\s/gu, /\s/gu]) {
    const last = [...head.matchAll(boundary)].at(-1);
    if (last !== undefined) return last.index + last[0].length;
  }
  return head.length;
}
