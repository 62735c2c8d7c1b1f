import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';

/** A form's fields as they came; a repeated key is an array. */
export type FormParams = Readonly<Record<string, string | string[]>>;

export type SignedRequest = {
  /** PUBLIC_BASE_URL + path + query, as Twilio was given it; never the request's own host. */
  readonly url: string;
  /** The `X-Twilio-Signature` header. */
  readonly signature: string | null | undefined;
} & ({ readonly params: FormParams } | { readonly jsonBody: string });

/** HMAC-SHA1 is 20 bytes: 28 characters of base64, the last one padding. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * Whether Twilio signed this request with the account's primary auth token. Tries the URL with and
 * without its port and with both query encodings; the library compares in constant time. Any
 * malformed input is false, never an error.
 */
export function verifySignature(request: SignedRequest, authToken: string): boolean {
  const { signature } = request;
  if (authToken === '' || typeof signature !== 'string' || !SIGNATURE.test(signature)) return false;
  // Connection overrides travel in the fragment, which is not part of what Twilio signs.
  const url = request.url.replace(/#.*$/s, '');
  try {
    return 'params' in request
      ? validateRequest(authToken, signature, url, request.params)
      : validateRequestWithBody(authToken, signature, url, request.jsonBody);
  } catch {
    return false;
  }
}

/** Reads a form body without trimming; repeated keys become arrays, as the signature needs them. */
export function formParams(body: string): FormParams {
  const values = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(body)) {
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  return Object.fromEntries(
    [...values].map(([key, list]) => [key, list.length === 1 ? (list[0] ?? '') : list]),
  );
}

/** One value of a form; empty when it was not sent. */
export function single(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
