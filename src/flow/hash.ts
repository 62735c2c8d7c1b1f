import type { Flow } from './types.ts';

/** SHA-256, as lower-case hex, over the flow's canonical JSON: the name of what callers hear. */
export async function hashFlow(flow: Flow): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', canonicalJson(flow));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON in UTF-8 with sorted keys and no white space; a key whose value is undefined is left out. */
export function canonicalJson(value: unknown): Uint8Array<ArrayBuffer> {
  const writer = new JsonWriter();
  writer.writeValue(value);
  return writer.written();
}

/** Writes bytes, since a flow as one string of small pieces costs more than all of its compiling. */
class JsonWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;

  written(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at);
  }

  writeValue(value: unknown): void {
    if (typeof value === 'string') this.#writeText(value);
    else if (typeof value !== 'object' || value === null) this.#write(JSON.stringify(value));
    else if (Array.isArray(value)) this.#writeList(value);
    else this.#writeFields(value as Readonly<Record<string, unknown>>);
  }

  #writeList(items: readonly unknown[]): void {
    this.#write('[');
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.#write(',');
      this.writeValue(items[i]);
    }
    this.#write(']');
  }

  #writeFields(fields: Readonly<Record<string, unknown>>): void {
    this.#write('{');
    let isFirst = true;
    for (const key of sortedKeys(fields)) {
      const item = fields[key];
      if (item === undefined) continue;
      if (!isFirst) this.#write(',');
      isFirst = false;
      this.#writeText(key);
      this.#write(':');
      this.writeValue(item);
    }
    this.#write('}');
  }

  /** Nearly every text is plain ASCII, which is copied as it is read. */
  #writeText(text: string): void {
    this.#makeRoom(text.length + 2);
    const start = this.#at;
    let at = start;
    this.#bytes[at++] = QUOTE;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        this.#writeEscaped(text);
        return;
      }
      this.#bytes[at++] = code;
    }
    this.#bytes[at++] = QUOTE;
    this.#at = at;
  }

  #writeEscaped(text: string): void {
    const json = JSON.stringify(text);
    this.#makeRoom(json.length * 3);
    this.#at += ENCODER.encodeInto(json, this.#bytes.subarray(this.#at)).written;
  }

  /** ASCII only. */
  #write(text: string): void {
    this.#makeRoom(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  #makeRoom(bytes: number): void {
    if (this.#at + bytes > this.#bytes.length) this.#grow(bytes);
  }

  #grow(bytes: number): void {
    const larger = new Uint8Array(2 * this.#bytes.length + bytes);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const ENCODER = new TextEncoder();

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** By insertion: most objects have a few keys, for which `sort` is slow. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  if (keys.length > MANY_KEYS) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? '';
    let at = i;
    for (; at > 0 && (keys[at - 1] ?? '') > key; at--) keys[at] = keys[at - 1] ?? '';
    keys[at] = key;
  }
  return keys;
}

const MANY_KEYS = 20;
