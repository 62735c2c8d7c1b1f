/** How long a cache may keep an answer, from its headers (RFC 9111, sections 4.2.1 and 5.2.2). */
export function freshness(
  headers: Headers,
  now: number,
): { readonly mayStore: boolean; readonly freshUntil: number } {
  const directives = new Map(
    (headers.get('cache-control') ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.trim().split('='))
      .map(([name = '', value = '']) => [name, value.replaceAll('"', '')] as const),
  );
  if (directives.has('no-store')) return { mayStore: false, freshUntil: 0 };
  const seconds = Number(directives.get('s-maxage') ?? directives.get('max-age') ?? 0);
  const isStale = directives.has('no-cache') || !(seconds > 0);
  const mayStore = !isStale || headers.has('etag');
  return { mayStore, freshUntil: isStale ? 0 : now + seconds * 1000 };
}
