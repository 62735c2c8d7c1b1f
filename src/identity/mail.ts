import { DestinyError } from '../shared/errors.ts';
import type { Fetch } from '../shared/fetch.ts';
import type { Log } from '../shared/log.ts';

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Sends one e-mail, or throws `mail_failed`. */
export type Mailer = { readonly send: (mail: Mail) => Promise<void> };

/** For a laptop: what would be sent stands in the log. */
export class LogMailer implements Mailer {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    this.#log('warn', 'e-mail (not sent: no provider is set)', { to, subject, text });
  }
}

const SEND_WITHIN_MS = 10_000;

/** Resend's HTTP API: POST /emails with a bearer key. */
export class ResendMailer implements Mailer {
  readonly #options: {
    readonly baseUrl: string;
    readonly apiKey: string;
    readonly from: string;
    readonly fetch: Fetch;
  };

  constructor(options: {
    readonly baseUrl: string;
    readonly apiKey: string;
    /** A sender of a domain that Resend has verified. */
    readonly from: string;
    readonly fetch: Fetch;
  }) {
    this.#options = options;
  }

  async send(mail: Mail): Promise<void> {
    const { baseUrl, apiKey, from, fetch } = this.#options;
    const request = new Request(`${baseUrl}/emails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from, to: [mail.to], subject: mail.subject, text: mail.text }),
      signal: AbortSignal.timeout(SEND_WITHIN_MS),
    });
    const answer = await fetch(request).catch(() => null);
    if (answer?.ok) return;
    throw new DestinyError(
      'mail_failed',
      'The e-mail could not be sent; check RESEND_API_KEY and that the sender is verified.',
      { cause: new Error(`Resend answered ${answer === null ? 'nothing' : answer.status}`) },
    );
  }
}
