import { DestinyError } from '../shared/errors.ts';

export type CallRef = { readonly tenant: string; readonly call: string };
export type CallbackPath =
  | ({ readonly kind: 'turn'; readonly nonce: string } & CallRef)
  | ({ readonly kind: 'status' } & CallRef);

/**
 * Connection overrides: one second to connect, four to answer, two more tries after a timeout or
 * a 5xx. Three times five seconds is Twilio's ceiling of 15 s for a voice webhook.
 */
const OVERRIDES = '#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx';

const SEGMENT = /^[\w-]{1,64}$/;

/** The webhook URLs Twilio is given, under PUBLIC_BASE_URL. Throws `config_invalid`. */
export class CallbackUrls {
  /** Without a trailing slash: prepend it to path and query to verify a signature. */
  readonly base: string;

  constructor(publicBaseUrl: string) {
    this.base = checkedBase(publicBaseUrl);
  }

  /** `nonce` is new for each turn, so that a turn answered twice is seen. */
  turn(ref: CallRef & { readonly nonce: string }): string {
    return this.#url(ref, `turn/${segment(ref.nonce)}`);
  }

  status(ref: CallRef): string {
    return this.#url(ref, 'status');
  }

  /** Twilio asks here when a turn gave it nothing that it could use. */
  fallback(ref: CallRef): string {
    return this.#url(ref, 'fallback');
  }

  /** Where the prompts of a tenant are served; a recipe's file name follows after a slash. */
  audio(tenant: string): string {
    return `${this.base}/audio/${segment(tenant)}`;
  }

  #url({ tenant, call }: CallRef, rest: string): string {
    return `${this.base}/voice/t/${segment(tenant)}/c/${segment(call)}/${rest}${OVERRIDES}`;
  }
}

/** The parts of a path that `CallbackUrls` made; null for any other. */
export function parseCallbackPath(path: string): CallbackPath | null {
  const [, tenant, call, rest] = /^\/voice\/t\/([\w-]+)\/c\/([\w-]+)\/(.+)$/.exec(path) ?? [];
  if (tenant === undefined || call === undefined || rest === undefined) return null;
  if (!SEGMENT.test(tenant) || !SEGMENT.test(call)) return null;
  if (rest === 'status') return { kind: 'status', tenant, call };
  const [, nonce] = /^turn\/([\w-]+)$/.exec(rest) ?? [];
  return nonce !== undefined && SEGMENT.test(nonce) ? { kind: 'turn', tenant, call, nonce } : null;
}

function segment(value: string): string {
  if (!SEGMENT.test(value)) {
    throw new DestinyError('internal', 'An id cannot be part of a webhook URL.');
  }
  return value;
}

function checkedBase(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || /[?#]/.test(text) || url.username !== '') {
    throw new DestinyError(
      'config_invalid',
      'Set PUBLIC_BASE_URL to the https address of this Worker, without query or fragment.',
    );
  }
  // Twilio refuses a StatusCallback whose host name has an underscore.
  if (url.hostname.includes('_')) {
    throw new DestinyError(
      'config_invalid',
      'Set PUBLIC_BASE_URL to a host name without an underscore; Twilio refuses those.',
    );
  }
  return text.replace(/\/+$/, '');
}
