import { xmlText } from './xml-text.ts';

export type TwimlAttributes = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** Writes one TwiML element. Text and attributes are escaped here and nowhere else. */
export class TwimlElement {
  readonly #open: string;
  readonly #text: string;
  readonly #children: TwimlElement[] = [];
  readonly #name: string;

  constructor(name: string, attributes: TwimlAttributes = {}, text = '') {
    this.#name = name;
    this.#open = name + Object.entries(attributes).map(attribute).join('');
    this.#text = escaped(text, TEXT);
  }

  /** Adds a verb or noun and answers it, so that more can be put inside. */
  add(name: string, attributes?: TwimlAttributes, text?: string): TwimlElement {
    const child = new TwimlElement(name, attributes, text);
    this.#children.push(child);
    return child;
  }

  toString(): string {
    const inner = this.#text + this.#children.join('');
    return inner === '' ? `<${this.#open}/>` : `<${this.#open}>${inner}</${this.#name}>`;
  }
}

export class TwimlResponse extends TwimlElement {
  constructor() {
    super('Response');
  }

  override toString(): string {
    return `<?xml version="1.0" encoding="UTF-8"?>${super.toString()}`;
  }
}

function attribute([name, value]: [string, TwimlAttributes[string]]): string {
  if (value === undefined) return '';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  return ` ${name}="${escaped(text, ATTRIBUTE)}"`;
}

/** A parser reads line ends and tabs of an attribute as spaces unless they are written as numbers. */
const TEXT = /[&<>\r]/g;
const ATTRIBUTE = /[&<>"\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escaped(text: string, special: RegExp): string {
  return xmlText(text).replace(special, (char) => ESCAPES[char] ?? '');
}
