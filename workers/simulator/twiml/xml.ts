/** A strict reader of the part of XML 1.0 that TwiML uses. No DTD: the carrier refuses it too. */

export type XmlElement = {
  readonly type: 'element';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly offset: number;
};
export type XmlText = { readonly type: 'text'; readonly text: string; readonly offset: number };
export type XmlNode = XmlElement | XmlText;

export class XmlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, source: string, offset: number) {
    const before = source.slice(0, offset).split('\n');
    const line = before.length;
    const column = (before.at(-1)?.length ?? 0) + 1;
    super(`${message} at line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}

const NAME = /[A-Za-z_][\w.:-]*/y;
const SPACE = /[ \t\r\n]*/y;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const MAX_DEPTH = 64;

export function parseXml(input: string): XmlElement {
  const source = input.charCodeAt(0) === 0xfeff ? input.slice(1) : input;
  let at = 0;

  const fail = (message: string, offset = at): never => {
    throw new XmlError(message, source, offset);
  };
  const skipSpace = () => {
    SPACE.lastIndex = at;
    at += SPACE.exec(source)?.[0].length ?? 0;
  };
  const skipPast = (end: string, what: string) => {
    const found = source.indexOf(end, at);
    if (found < 0) fail(`Unterminated ${what}`);
    at = found + end.length;
  };
  const readName = (): string => {
    NAME.lastIndex = at;
    const name = NAME.exec(source)?.[0] ?? fail('Expected a name');
    at += name.length;
    return name;
  };

  /** Misc ::= Comment | PI | S (XML 1.0, 2.8), before and after the root. */
  const skipMisc = () => {
    for (;;) {
      skipSpace();
      if (source.startsWith('<!--', at)) skipPast('-->', 'comment');
      else if (source.startsWith('<?', at)) skipPast('?>', 'processing instruction');
      else return;
    }
  };

  const readAttributes = (): Map<string, string> => {
    const attributes = new Map<string, string>();
    for (;;) {
      const before = at;
      skipSpace();
      if (source[at] === '>' || source[at] === '/' || at >= source.length) return attributes;
      if (before === at) fail('Expected a space before the attribute');
      const nameAt = at;
      const name = readName();
      if (attributes.has(name)) fail(`Attribute ${name} appears twice`, nameAt);
      skipSpace();
      if (source[at] !== '=') fail(`Attribute ${name} has no value`);
      at += 1;
      skipSpace();
      const quote = source[at];
      if (quote !== '"' && quote !== "'") return fail(`The value of ${name} is not quoted`);
      const start = at + 1;
      at = start;
      skipPast(quote, `value of ${name}`);
      const raw = source.slice(start, at - 1);
      if (raw.includes('<')) fail(`The value of ${name} contains "<"`, start);
      attributes.set(name, decode(raw.replace(/[\t\r\n]/g, ' '), source, start));
    }
  };

  const readElement = (depth: number): XmlElement => {
    if (depth > MAX_DEPTH) fail('Elements are nested too deep');
    const offset = at;
    at += 1;
    const name = readName();
    const attributes = readAttributes();
    if (source.startsWith('/>', at)) {
      at += 2;
      return { type: 'element', name, attributes, children: [], offset };
    }
    if (source[at] !== '>') fail(`Element ${name} is not closed`);
    at += 1;
    const children = readContent(name, depth);
    return { type: 'element', name, attributes, children, offset };
  };

  const readContent = (parent: string, depth: number): XmlNode[] => {
    const children: XmlNode[] = [];
    for (;;) {
      const next = source.indexOf('<', at);
      if (next < 0) fail(`Element ${parent} is not closed`, source.length);
      if (next > at) {
        children.push({
          type: 'text',
          text: decode(source.slice(at, next), source, at),
          offset: at,
        });
        at = next;
      }
      if (source.startsWith('</', at)) {
        const closeAt = at;
        at += 2;
        const name = readName();
        if (name !== parent) fail(`Expected </${parent}> but found </${name}>`, closeAt);
        skipSpace();
        if (source[at] !== '>') fail(`Closing tag ${name} is not closed`);
        at += 1;
        return children;
      }
      if (source.startsWith('<!--', at)) skipPast('-->', 'comment');
      else if (source.startsWith('<![CDATA[', at)) {
        const offset = at + 9;
        skipPast(']]>', 'CDATA section');
        children.push({ type: 'text', text: source.slice(offset, at - 3), offset });
      } else if (source.startsWith('<?', at)) skipPast('?>', 'processing instruction');
      else children.push(readElement(depth + 1));
    }
  };

  skipMisc();
  if (source.startsWith('<!', at)) fail('A document type declaration is not allowed');
  if (source[at] !== '<') fail('Expected an element');
  const root = readElement(1);
  skipMisc();
  if (at < source.length) fail('Content after the root element');
  return root;
}

function decode(raw: string, source: string, offset: number): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&([^;&\s]*)(;?)/g, (whole, name: string, end: string, index: number) => {
    const fail = () => {
      throw new XmlError(`Unknown entity ${whole}`, source, offset + index);
    };
    if (end !== ';') return fail();
    if (!name.startsWith('#')) return ENTITIES[name] ?? fail();
    const code = /^#x[\da-f]+$/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : /^#\d+$/.test(name)
        ? Number.parseInt(name.slice(1), 10)
        : Number.NaN;
    return isXmlChar(code) ? String.fromCodePoint(code) : fail();
  });
}

function isXmlChar(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
