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

  #writeText(text: string): void {
    if (PLAIN.test(text)) {
      this.#write('"');
      this.#write(text);
      this.#write('"');
    } else this.#write(JSON.stringify(text));
  }

  #write(text: string): void {
    if (this.#at + text.length * 3 > this.#bytes.length) this.#grow(text.length * 3);
    const start = this.#at;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) {
        this.#at = start + ENCODER.encodeInto(text, this.#bytes.subarray(start)).written;
        return;
      }
      this.#bytes[start + i] = code;
    }
    this.#at = start + text.length;
  }

  #grow(bytes: number): void {
    const larger = new Uint8Array(2 * this.#bytes.length + bytes);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const ENCODER = new TextEncoder();

/** No quote, backslash, control character or half of a pair: nothing that JSON escapes. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

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
