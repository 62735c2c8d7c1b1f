/** An element of a document that our tests read back. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** For tests: strict about what a carrier's parser is strict about. Throws on anything else. */
export function readXml(xml: string): XmlElement {
  if (ILLEGAL.test(xml)) throw new Error('illegal character');
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>/.exec(xml)?.[0];
  if (declaration === undefined) throw new Error('no declaration');
  const open: {
    name: string;
    attributes: Record<string, string>;
    children: (XmlElement | string)[];
  }[] = [{ name: '', attributes: {}, children: [] }];
  const token = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  token.lastIndex = declaration.length;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    const top = open.at(-1);
    if (match === null || top === undefined) throw new Error(`malformed at ${at}`);
    const [, closing, name = '', attributes = '', selfClosing, text] = match;
    if (text !== undefined) top.children.push(unescapeXml(text));
    else if (closing === '/') {
      const closed = open.pop();
      const parent = open.at(-1);
      if (closed?.name !== name || parent === undefined) throw new Error(`unexpected </${name}>`);
      parent.children.push(closed);
    } else {
      const element = { name, attributes: readAttributes(attributes), children: [] };
      if (selfClosing === '/') top.children.push(element);
      else open.push(element);
    }
  }
  const [root, ...rest] = open[0]?.children ?? [];
  if (open.length !== 1 || typeof root !== 'object' || rest.length > 0)
    throw new Error('not one root');
  return root;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z]+)="([^"]*)"/g)) {
    if (Object.hasOwn(attributes, name)) throw new Error(`${name} twice`);
    attributes[name] = unescapeXml(value);
  }
  return attributes;
}

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]*;?)/g, (_all, body: string) => {
    const name = body.slice(0, -1);
    const [, hex] = /^#x([\dA-F]+)$/.exec(name) ?? [];
    const char =
      hex === undefined ? ENTITIES[name] : String.fromCodePoint(Number.parseInt(hex, 16));
    if (!body.endsWith(';') || char === undefined) throw new Error(`bad entity &${body}`);
    return char;
  });
}
