import { AwsClient } from 'aws4fetch';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Fetch } from '../shared/fetch.ts';
import { type RetryPolicy, retry } from '../shared/retry.ts';
import type { ObjectPage, ObjectStore, StoredObject } from './store.ts';

const TIMEOUT_MS = 10_000;
/** Writing the same bytes again changes nothing, so a put may be repeated. */
const PUT_RETRY: RetryPolicy = { tries: 4, baseMs: 200, capMs: 2000 };

export type S3StoreOptions = {
  /**
   * Full URL of the bucket, with any path prefix, e.g. `https://x.r2.cloudflarestorage.com/bucket`
   * or `http://127.0.0.1:8787/cdn-cgi/local/r2/s3/bucket`. Keys are appended to its path.
   */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** R2 wants `auto`. */
  readonly region?: string;
  readonly fetch: Fetch;
  /** Gives a stream its length; workerd sends it in chunks otherwise, which S3 refuses. */
  readonly fixedLength?: (bytes: number) => TransformStream<Uint8Array, Uint8Array>;
  readonly clock: Clock;
  readonly random: () => number;
};

/** Any store that speaks S3's REST API with signature version 4, path style. */
export class S3Store implements ObjectStore {
  readonly #aws: AwsClient;
  readonly #bucketUrl: string;
  readonly #options: S3StoreOptions;

  constructor(options: S3StoreOptions) {
    const { accessKeyId, secretAccessKey, region = 'auto' } = options;
    this.#aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
    this.#bucketUrl = bucketUrl(options.endpoint);
    this.#options = options;
  }

  async put(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
    const { clock, random } = this.#options;
    await retry(
      async () => {
        const response = await this.#send('PUT', key, {
          headers: { 'content-type': contentType },
          body: bytes as Uint8Array<ArrayBuffer>,
        });
        await response.body?.cancel();
        if (!response.ok) throw failure('PUT', response.status);
      },
      { decide: (error) => (isTransient(error) ? PUT_RETRY : null), clock, random },
    );
  }

  async get(key: string, signal?: AbortSignal): Promise<StoredObject | null> {
    const response = await this.#send('GET', key, signal === undefined ? {} : { signal });
    if (response.status === 404) return discard(response);
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw failure('GET', response.status);
    }
    if (response.headers.has('content-encoding')) return buffered(response);
    return { body: response.body, bytes: lengthOf(response) };
  }

  async putStream(
    key: string,
    body: ReadableStream<Uint8Array>,
    bytes: number,
    contentType: string,
  ): Promise<void> {
    const fixed = this.#options.fixedLength?.(bytes);
    const response = await this.#send('PUT', key, {
      headers: { 'content-type': contentType, 'content-length': String(bytes) },
      body: fixed === undefined ? body : body.pipeThrough(fixed),
      ...{ duplex: 'half' },
    });
    await response.body?.cancel();
    if (!response.ok) throw failure('PUT', response.status);
  }

  async getRange(key: string, start: number, length: number): Promise<Uint8Array | null> {
    const range = `bytes=${start}-${start + length - 1}`;
    const response = await this.#send('GET', key, { headers: { range } });
    if (response.status === 404) return discard(response);
    // RFC 9110 section 15.5.17: nothing lies behind the end.
    if (response.status === 416) return (await discard(response)) ?? new Uint8Array();
    if (response.status !== 206) {
      await response.body?.cancel();
      throw failure('GET', response.status);
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  async head(key: string): Promise<{ bytes: number } | null> {
    const response = await this.#send('HEAD', key);
    if (response.status === 404) return discard(response);
    if (response.status !== 200) throw failure('HEAD', response.status);
    return { bytes: lengthOf(response) };
  }

  async delete(key: string): Promise<void> {
    const response = await this.#send('DELETE', key);
    await response.body?.cancel();
    if (!response.ok && response.status !== 404) throw failure('DELETE', response.status);
  }

  async list(prefix: string, cursor?: string): Promise<ObjectPage> {
    const query = new URLSearchParams({ 'list-type': '2', prefix });
    if (cursor !== undefined) query.set('continuation-token', cursor);
    const response = await this.#send('GET', '', {}, `?${query}`);
    const xml = await response.text();
    if (response.status !== 200) throw failure('LIST', response.status);
    return {
      keys: elements(xml, 'Key'),
      cursor: elements(xml, 'NextContinuationToken')[0] ?? null,
    };
  }

  async #send(method: string, key: string, init: RequestInit = {}, query = ''): Promise<Response> {
    const { fetch, clock } = this.#options;
    const path = key.split('/').map(encodeRfc3986).join('/');
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const request = await this.#aws.sign(`${this.#bucketUrl}${path}${query}`, {
        ...init,
        method,
        signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
        aws: { datetime: amzDate(clock.now()) },
      });
      return await fetch(request);
    } catch (cause) {
      throw failure(method, null, cause);
    }
  }
}

function bucketUrl(endpoint: string): string {
  if (!URL.canParse(endpoint) || /[?#]/.test(endpoint)) {
    throw new DestinyError(
      'config_invalid',
      'Set S3_ENDPOINT to the full URL of the bucket, without a query.',
    );
  }
  return `${endpoint.replace(/\/+$/, '')}/`;
}

/** The signature is over RFC 3986's unreserved characters; encodeURIComponent leaves five more. */
const encodeRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** ISO 8601 basic format, as signature version 4 asks. */
const amzDate = (now: number): string => new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');

function failure(method: string, httpStatus: number | null, cause?: unknown): DestinyError {
  const what = httpStatus === null ? 'could not be reached' : `answered HTTP ${httpStatus}`;
  return new DestinyError(
    'store_failed',
    `The object store ${what}; check the S3_* settings if this stays.`,
    { details: { method, httpStatus }, cause },
  );
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof DestinyError) || error.code !== 'store_failed') return false;
  const { httpStatus } = error.details as { httpStatus: number | null };
  return httpStatus === null || httpStatus === 429 || httpStatus >= 500;
}

async function discard(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}

/** A proxy that compresses text on the way hides the object's length. */
async function buffered(response: Response): Promise<StoredObject> {
  const blob = await response.blob();
  return { body: blob.stream(), bytes: blob.size };
}

function lengthOf(response: Response): number {
  const length = response.headers.get('content-length');
  if (length === null || !/^\d+$/.test(length)) {
    throw new DestinyError('store_failed', 'The object store answered without a length.', {
      details: { method: 'GET', httpStatus: response.status },
    });
  }
  return Number(length);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(\w+|#x?[\da-fA-F]+);/g, (entity, body: string) => {
      if (!body.startsWith('#')) return ENTITIES[body] ?? entity;
      const isHex = body[1] === 'x';
      return String.fromCodePoint(Number.parseInt(body.slice(isHex ? 2 : 1), isHex ? 16 : 10));
    }),
  );
}
