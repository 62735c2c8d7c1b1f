import { type Method, TwimlError } from './ast.ts';
import type { XmlElement } from './xml.ts';

const SCHEMA_ERROR = 12200;

/** Reads attributes one by one; whatever was not asked for in the end is unknown to the carrier. */
export class Attributes {
  readonly #element: XmlElement;
  readonly #unread: Set<string>;

  constructor(element: XmlElement) {
    this.#element = element;
    this.#unread = new Set(element.attributes.keys());
  }

  text(name: string): string | undefined;
  text(name: string, fallback: string): string;
  text(name: string, fallback?: string): string | undefined {
    this.#unread.delete(name);
    return this.#element.attributes.get(name) ?? fallback;
  }

  /** Known to the carrier, without effect on a simulated line. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#unread.delete(name);
  }

  integer(name: string, fallback: number, low: number, high: number): number {
    const raw = this.text(name);
    if (raw === undefined) return fallback;
    const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
    return value >= low && value <= high
      ? value
      : this.#refuse(name, raw, `a whole number from ${low} to ${high}`);
  }

  flag(name: string, fallback: boolean): boolean {
    const raw = this.text(name);
    if (raw === undefined) return fallback;
    if (raw === 'true' || raw === 'false') return raw === 'true';
    return this.#refuse(name, raw, 'true or false');
  }

  method(name: string): Method {
    const raw = this.text(name, 'POST').toUpperCase();
    return raw === 'GET' || raw === 'POST' ? raw : this.#refuse(name, raw, 'GET or POST');
  }

  match(name: string, pattern: RegExp, expected: string): string | undefined {
    const raw = this.text(name);
    return raw === undefined || pattern.test(raw) ? raw : this.#refuse(name, raw, expected);
  }

  finish(): void {
    const [unknown] = this.#unread;
    if (unknown === undefined) return;
    throw new TwimlError(
      SCHEMA_ERROR,
      `Attribute ${unknown} is not allowed in <${this.#element.name}>`,
    );
  }

  #refuse(name: string, raw: string, expected: string): never {
    throw new TwimlError(
      SCHEMA_ERROR,
      `Attribute ${name} of <${this.#element.name}> must be ${expected}, not "${raw}"`,
    );
  }
}
