/**
 * `static` clips are literal and shared by all calls of the tenant; `dynamic` ones hold a person's
 * values and live in their own folder, which the store may empty by age.
 */
export type ClipKind = 'static' | 'dynamic';

/** `key` is a sentence key: 22 characters of base64url. */
export type ClipRef = { readonly kind: ClipKind; readonly key: string };

const FOLDERS = { static: 's', dynamic: 'd' } as const satisfies Record<ClipKind, string>;

/** Where the raw mu-law of a sentence is kept in the object store. */
export function clipPath(tenant: string, { kind, key }: ClipRef): string {
  return `t/${tenant}/audio/${FOLDERS[kind]}/${key}.ulaw`;
}
