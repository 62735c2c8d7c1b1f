import type { Softphone } from './softphone.ts';

/** What `POST /agent/token` answers, as far as a line needs it. */
export type LineToken = {
  readonly token: string;
  readonly carrierUrl: string;
  readonly accountSid: string;
};
export type HttpSoftphoneOptions = {
  readonly newToken: () => Promise<LineToken>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (ms: number, then: () => void) => void;
};

type Line = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const LOOK_EVERY_MS = 250;
const OVER = ['completed', 'busy', 'failed', 'no-answer', 'canceled'];

/** The line of a page where a simulator stands in for the carrier: calls over HTTP, without sound. */
export class HttpSoftphone implements Softphone {
  readonly #options: HttpSoftphoneOptions;
  #onEnd: () => void = () => {};
  #call: Line | null = null;
  /** There is no sound here to keep back; a page shows it. */
  isMuted = false;
  readonly digits: string[] = [];

  constructor(options: HttpSoftphoneOptions) {
    this.#options = options;
  }

  async connect(ticket: string): Promise<void> {
    const { token, carrierUrl, accountSid } = await this.#options.newToken();
    const url = `${carrierUrl}/_sim/accounts/${accountSid}/client-calls`;
    const response = await this.#options.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, params: { ticket } }),
    });
    if (!response.ok) throw new Error(`The carrier answered ${response.status}.`);
    const { sid } = (await response.json()) as { sid: string };
    this.#call = { url: `${url}/${sid}`, headers: { authorization: `Bearer ${token}` } };
    this.#look();
  }

  mute(isMuted: boolean): void {
    this.isMuted = isMuted;
  }

  sendDigits(digits: string): void {
    this.digits.push(digits);
  }

  hangUp(): void {
    const call = this.#call;
    if (call === null) return;
    void this.#options.fetch(call.url, { method: 'DELETE', headers: call.headers }).catch(() => {});
  }

  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  #look(): void {
    this.#options.wait(LOOK_EVERY_MS, () => void this.#lookOnce());
  }

  async #lookOnce(): Promise<void> {
    const call = this.#call;
    if (call === null) return;
    const status = await this.#statusOf(call);
    if (status !== null && OVER.includes(status)) {
      this.#call = null;
      this.#onEnd();
    } else this.#look();
  }

  async #statusOf(call: Line): Promise<string | null> {
    try {
      const response = await this.#options.fetch(call.url, { headers: call.headers });
      if (response.status === 404) return 'failed';
      return response.ok ? ((await response.json()) as { status: string }).status : null;
    } catch {
      return null;
    }
  }
}
