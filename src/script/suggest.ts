import { editDistance } from '../flow/distance.ts';

const MAX_DISTANCE = 2;
const SHARE_OF_WORD = 4;

/** The candidate that was probably meant, or null: no guess is better than a far one. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase();
  let limit = Math.min(MAX_DISTANCE, Math.floor(word.length / SHARE_OF_WORD));
  let best: string | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance === 0) return candidate;
    if (distance > limit) continue;
    best = candidate;
    limit = distance - 1;
  }
  return best;
}
