import { TwimlError } from './ast.ts';

const NEEDS_ABSOLUTE_URL = 15004;

/** Addresses in a document are relative to the document's own, if it has one. */
export function resolveUrl(url: string, base: string | undefined): string {
  const resolved = URL.parse(url, base);
  if (resolved !== null && /^https?:$/.test(resolved.protocol)) return resolved.href;
  throw new TwimlError(NEEDS_ABSOLUTE_URL, `"${url}" is not an absolute http(s) URL`);
}
