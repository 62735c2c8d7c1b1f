import { Agent, request } from 'node:http';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';

export type Answered = { readonly status: number; readonly body: string; readonly ms: number };

/** Where a Gather sends the caller's answer, as path; empty when the call ends instead. */
export function nextPath(twiml: string): string {
  const action = /action="([^"#]+)/.exec(twiml)?.[1]?.replaceAll('&amp;', '&');
  if (action === undefined) return '';
  const { pathname, search } = new URL(action);
  return `${pathname}${search}`;
}

/** Plays the carrier: posts forms over so many connections that stay open. */
export class Caller {
  readonly #origin: string;
  readonly #authToken: string;
  readonly #agent: Agent;

  constructor(origin: string, authToken: string, connections: number) {
    this.#origin = origin;
    this.#authToken = authToken;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** `ms` is what a carrier would measure: from the request handed over to the last byte. */
  post(path: string, params: Record<string, string>): Promise<Answered> {
    const url = `${this.#origin}${path}`;
    const signature = getExpectedTwilioSignature(this.#authToken, url, params);
    const body = new URLSearchParams(params).toString();
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const asked = request(
        url,
        {
          agent: this.#agent,
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body),
            'x-twilio-signature': signature,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks).toString(),
              ms: performance.now() - startedAt,
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
