/** Offsets of the first and the last byte, both included. */
export type ByteRange = { readonly first: number; readonly last: number };

/**
 * The one range a `Range` header asks of `length` bytes (RFC 9110 section 14): null when there is
 * none to honour (absent, malformed or several ranges: answer everything), `'unsatisfiable'` when
 * it lies beyond the end.
 */
export function parseRange(
  header: string | null,
  length: number,
): ByteRange | 'unsatisfiable' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from === '') {
    const suffix = Math.min(Number(to), length);
    return suffix === 0 ? 'unsatisfiable' : { first: length - suffix, last: length - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= length) return 'unsatisfiable';
  return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}

/** RFC 9110 section 13.1.2: weak comparison with any tag of the list, or `*`. */
export function matchesEtag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
