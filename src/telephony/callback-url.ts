import { DestinyError } from '../shared/errors.ts';

export type CallRef = { readonly tenant: string; readonly call: string };
/** What of a call a webhook tells: its turns, and what happens beside them. */
export type CallbackKind = 'status' | 'fallback' | 'amd' | 'recording' | 'leg' | 'room' | 'wait';

/**
 * Connection overrides: one second to connect, four to answer, two more tries after a timeout or
 * a 5xx. Three times five seconds is Twilio's ceiling of 15 s for a voice webhook.
 */
const OVERRIDES = '#ct=1000&rt=4000&rc=2&rp=ct,rt,5xx';

/** A script's webhook has five seconds, and is never asked twice because its answer was late. */
const FETCH_OVERRIDES = '#ct=1000&rt=9000&rc=1&rp=ct';

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

  /** Where the carrier goes on while a script's own webhook is asked. */
  fetch(ref: CallRef & { readonly nonce: string }): string {
    return this.#url(ref, `fetch/${segment(ref.nonce)}`, FETCH_OVERRIDES);
  }

  /** `leg` tells of the person a caller is handed to, `amd` who answered. */
  of(kind: CallbackKind, ref: CallRef): string {
    return this.#url(ref, kind);
  }

  /** One address for all numbers: the called number says whose call it is. */
  inbound(kind: 'call' | 'status' | 'fallback'): string {
    return `${this.base}/voice/inbound${kind === 'call' ? '' : `/${kind}`}${OVERRIDES}`;
  }

  /** Where the carrier asks what an agent's page is to do that calls with a ticket. */
  agent(): string {
    return `${this.base}/voice/agent${OVERRIDES}`;
  }

  /** Music for who waits; the same for everybody. */
  holdMusic(): string {
    return `${this.base}/audio/hold.wav`;
  }

  /** Hears what became of a text. */
  message(ref: { readonly tenant: string; readonly message: string }): string {
    const { tenant, message } = ref;
    return `${this.base}/sms/t/${segment(tenant)}/m/${segment(message)}/status${OVERRIDES}`;
  }

  /** One address for texts to all numbers. */
  text(): string {
    return `${this.base}/sms/inbound${OVERRIDES}`;
  }

  /** Where the prompts of a tenant are served; a recipe's file name follows after a slash. */
  audio(tenant: string): string {
    return `${this.base}/audio/${segment(tenant)}`;
  }

  #url({ tenant, call }: CallRef, rest: string, overrides = OVERRIDES): string {
    return `${this.base}/voice/t/${segment(tenant)}/c/${segment(call)}/${rest}${overrides}`;
  }
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
