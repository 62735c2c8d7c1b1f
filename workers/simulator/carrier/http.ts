import type { Clock } from '../clock.ts';

export type HttpReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly firstByteMs: number;
  readonly totalMs: number;
};
export class HttpFailure extends Error {
  readonly kind: 'ct' | 'rt';

  constructor(kind: 'ct' | 'rt', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** One request, whole body read; fails with `HttpFailure`. The only way out of the simulator. */
export type HttpClient = (url: string, init: RequestInit, timeoutMs: number) => Promise<HttpReply>;
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function httpClient(fetch: Fetch, clock: Clock): HttpClient {
  return async (url, init, timeoutMs) => {
    const startedAt = clock.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    try {
      const response = await fetch(url, { ...init, signal: abort.signal });
      const firstByteMs = clock.now() - startedAt;
      const body = new Uint8Array(await response.arrayBuffer());
      const totalMs = clock.now() - startedAt;
      return { status: response.status, headers: response.headers, body, firstByteMs, totalMs };
    } catch (cause) {
      if (abort.signal.aborted) throw new HttpFailure('rt', `No answer within ${timeoutMs} ms`);
      // fetch does not tell a refused connection from one that broke; both count as connecting.
      throw new HttpFailure('ct', cause instanceof Error ? cause.message : String(cause));
    } finally {
      clearTimeout(timer);
    }
  };
}
