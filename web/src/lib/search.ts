/** Reading of a page's search parameters: what does not fit is left out, so any link opens. */
type Raw = Readonly<Record<string, unknown>>;

export function textIn(search: Raw, key: string): string | undefined {
  const value = search[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

export function oneIn<T extends string>(
  search: Raw,
  key: string,
  allowed: readonly T[],
): T | undefined {
  return allowed.find((value) => value === search[key]);
}

/** A whole number from 1 on. */
export function countIn(search: Raw, key: string): number | undefined {
  const value = Number(search[key]);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** Without the keys that hold nothing, which would stand in the address. */
export function kept<T extends object>(search: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as ReturnType<typeof kept<T>>;
}
