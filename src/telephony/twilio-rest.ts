import { toBase64, utf8 } from '../shared/bytes.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Fetch } from '../shared/fetch.ts';
import { parseError, parseFields } from './twilio-json.ts';

const API_VERSION = '2010-04-01';

export type TwilioOptions = {
  readonly accountSid: string;
  readonly authToken: string;
  /** Default `https://api.twilio.com`. */
  readonly baseUrl?: string;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
};

export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Requests to one account of Twilio's REST API. The token leaves this class only as a header. */
export class TwilioRest {
  readonly #fetch: Fetch;
  readonly #timeoutMs: number;
  readonly #baseUrl: string;
  /** With a slash at its end. */
  readonly accountPath: string;
  readonly #authorization: string;

  constructor(options: TwilioOptions) {
    const { accountSid, authToken, baseUrl = 'https://api.twilio.com' } = options;
    if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) {
      throw new DestinyError('config_invalid', 'Set the Twilio account SID: AC and 32 hex digits.');
    }
    if (!URL.canParse(baseUrl)) {
      throw new DestinyError('config_invalid', "Set Twilio's base URL to a full URL.");
    }
    this.#fetch = options.fetch;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.accountPath = `/${API_VERSION}/Accounts/${accountSid}/`;
    this.#authorization = `Basic ${toBase64(utf8(`${accountSid}:${authToken}`))}`;
  }

  /** A list's next page, under our own account: the token is never sent to a place an answer names. */
  nextPath(uri: unknown, resource: string): string | null {
    if (uri === null || uri === undefined) return null;
    if (typeof uri === 'string' && uri.startsWith(`${this.accountPath}${resource}?`)) return uri;
    throw failed('Twilio answered with a next page outside of this account.');
  }

  /** A followed redirect would turn a POST into a GET, or carry the token elsewhere. */
  request(method: string, path: string, form?: URLSearchParams): Request {
    return new Request(`${this.#baseUrl}${path}`, {
      method,
      headers: { authorization: this.#authorization, accept: 'application/json' },
      ...(form === undefined ? {} : { body: form }),
      redirect: 'manual',
    });
  }

  /** Once: what was not answered may have been done. */
  async send(method: string, path: string, form?: URLSearchParams): Promise<Answer> {
    // Called as a method, the platform's own fetch refuses: "Illegal invocation".
    const fetch = this.#fetch;
    try {
      const request = this.request(method, path, form);
      const response = await fetch(
        new Request(request, { signal: AbortSignal.timeout(this.#timeoutMs) }),
      );
      return { kind: 'answer', status: response.status, body: await response.text() };
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === 'TimeoutError';
      return { kind: 'none', reason: isTimeout ? 'timeout' : 'network failure' };
    }
  }
}

/** The fields of a 200 or 201. Throws `carrier_failed` for all else. */
export function readable(answer: Answer): Readonly<Record<string, unknown>> {
  if (answer.kind === 'none') throw failed(`Twilio could not be reached: ${answer.reason}.`);
  const fields = parseFields(answer.body);
  if (answer.status !== 200 && answer.status !== 201) {
    const { code, message } = parseError(fields, answer.status);
    throw failed(`Twilio refused: ${message.replace(/\.$/, '')}.`, {
      httpStatus: answer.status,
      code,
    });
  }
  if (fields === null) throw failed('Twilio answered with something that is not JSON.');
  return fields;
}

export const failed = (message: string, details?: { httpStatus: number; code: number | null }) =>
  new DestinyError('carrier_failed', message, { details });
