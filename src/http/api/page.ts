/** `nextCursor` of a page: the last identifier of a full one. */
export function nextCursor<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => string,
): string | null {
  const last = rows.at(-1);
  return rows.length === limit && last !== undefined ? cursorOf(last) : null;
}
