/** A campaign's own numbers: the first, and further ones beside it. */
export type CallerIds = { readonly fromNumber: string; readonly callerIds: readonly string[] };

/** `+1` and the area code, in North America; elsewhere numbers say less about where they are. */
const AREA_CHARS = 5;

/**
 * The number one person is called from, the same at every try: one of his own area where the
 * campaign has such, else by his number.
 */
export function callerIdOf({ fromNumber, callerIds }: CallerIds, e164: string): string {
  const all = [fromNumber, ...callerIds];
  const near = all.filter(
    (own) => own.startsWith('+1') && own.slice(0, AREA_CHARS) === e164.slice(0, AREA_CHARS),
  );
  const choice = near.length > 0 ? near : all;
  return choice[fnv1a(e164) % choice.length] ?? fromNumber;
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
