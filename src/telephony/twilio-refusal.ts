import type { CarrierRefusal } from './carrier.ts';
import { classifyError } from './error-classes.ts';
import { parseError, parseFields } from './twilio-json.ts';

export type Refusal =
  /** Too many requests at once: never processed, may be sent again. */
  | { readonly kind: 'rate_limited'; readonly code: number | null; readonly message: string }
  | ({ readonly kind: 'rejected' } & CarrierRefusal)
  /** It may have been done: must not be sent again, only looked up. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** null for 2xx. Only a 4xx says that nothing was done; all else may have been. */
export function refusalOf(answer: {
  readonly status: number;
  readonly body: string;
}): Refusal | null {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return null;
  const { code, message } = parseError(parseFields(body), status);
  if (status === 429) return { kind: 'rate_limited', code, message };
  // 408 is a gateway's own timeout: the request may have gone through behind it.
  if (status < 400 || status >= 500 || status === 408) {
    return { kind: 'unknown', reason: `HTTP ${status}` };
  }
  const errorClass = classifyError(code, status);
  return { kind: 'rejected', errorClass, code, httpStatus: status, message };
}
