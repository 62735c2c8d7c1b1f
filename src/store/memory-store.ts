import type { ObjectPage, ObjectStore, StoredObject } from './store.ts';

const PAGE_KEYS = 1000;

/** An object store that lives as long as the process: tests and local tools. */
export class MemoryStore implements ObjectStore {
  readonly #objects = new Map<string, Uint8Array<ArrayBuffer>>();

  async put(key: string, bytes: Uint8Array): Promise<void> {
    this.#objects.set(key, Uint8Array.from(bytes));
  }

  async get(key: string, signal?: AbortSignal): Promise<StoredObject | null> {
    signal?.throwIfAborted();
    const bytes = this.#objects.get(key);
    if (bytes === undefined) return null;
    return { body: new Blob([bytes]).stream(), bytes: bytes.length };
  }

  async putStream(key: string, body: ReadableStream<Uint8Array>): Promise<void> {
    await this.put(key, new Uint8Array(await new Response(body).arrayBuffer()));
  }

  async getRange(key: string, start: number, length: number): Promise<Uint8Array | null> {
    return this.#objects.get(key)?.slice(start, start + length) ?? null;
  }

  async head(key: string): Promise<{ bytes: number } | null> {
    const bytes = this.#objects.get(key);
    return bytes === undefined ? null : { bytes: bytes.length };
  }

  async delete(key: string): Promise<void> {
    this.#objects.delete(key);
  }

  async list(prefix: string, cursor = ''): Promise<ObjectPage> {
    const all = [...this.#objects.keys()]
      .filter((key) => key.startsWith(prefix) && key > cursor)
      .sort();
    const keys = all.slice(0, PAGE_KEYS);
    return { keys, cursor: all.length > keys.length ? (keys.at(-1) ?? null) : null };
  }
}
