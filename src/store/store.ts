import { DestinyError } from '../shared/errors.ts';

export type StoredObject = {
  readonly body: ReadableStream<Uint8Array>;
  readonly bytes: number;
};
export type ObjectPage = {
  /** In lexical order. */
  readonly keys: readonly string[];
  /** Ask again with this for the next page; null on the last. */
  readonly cursor: string | null;
};

/**
 * Named bytes: audio, recordings, uploads. A key is a slash-separated path without a leading
 * slash. Everything but a missing object is a DestinyError `store_failed`.
 */
export type ObjectStore = {
  readonly put: (key: string, bytes: Uint8Array, contentType: string) => Promise<void>;
  /** null when there is no such object. The body must be read or cancelled. */
  readonly get: (key: string, signal?: AbortSignal) => Promise<StoredObject | null>;
  /** For files of any size: `bytes` long, written as it is read; not repeated when it fails. */
  readonly putStream: (
    key: string,
    body: ReadableStream<Uint8Array>,
    bytes: number,
    contentType: string,
  ) => Promise<void>;
  /** Up to `length` bytes from `start`, fewer at the end; null when there is no such object. */
  readonly getRange: (key: string, start: number, length: number) => Promise<Uint8Array | null>;
  readonly head: (key: string) => Promise<{ readonly bytes: number } | null>;
  /** A missing object is no error. */
  readonly delete: (key: string) => Promise<void>;
  readonly list: (prefix: string, cursor?: string) => Promise<ObjectPage>;
};

/** Reads an object that is known to be small. */
export async function readAll(object: StoredObject): Promise<Uint8Array> {
  try {
    return new Uint8Array(await new Response(object.body).arrayBuffer());
  } catch (cause) {
    throw new DestinyError('store_failed', 'The object store broke off its answer.', { cause });
  }
}
