import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml, type XmlElement, XmlError, type XmlNode } from './xml.ts';

describe('parseXml', () => {
  it('reads elements, attributes, text and entities', () => {
    const root = parseXml(
      '\ufeff<?xml version="1.0"?><!-- hi --><Response a="1 &amp; 2"><Say b=\'x\'>a&lt;b &#65;&#x42;<![CDATA[<c>&]]></Say><Pause/></Response>\n',
    );
    expect(root.name).toBe('Response');
    expect(root.attributes.get('a')).toBe('1 & 2');
    const [say, pause] = root.children as [XmlElement, XmlElement];
    expect(say.attributes.get('b')).toBe('x');
    expect(say.children.map((child) => child.type === 'text' && child.text).join('')).toBe(
      'a<b AB<c>&',
    );
    expect(pause).toMatchObject({ name: 'Pause', children: [] });
  });

  const bad: { name: string; source: string; message: string }[] = [
    { name: 'nothing', source: '', message: 'Expected an element' },
    { name: 'text only', source: 'hello', message: 'Expected an element' },
    { name: 'open element', source: '<a><b></b>', message: 'Element a is not closed' },
    { name: 'crossed elements', source: '<a><b></a></b>', message: 'Expected </b> but found </a>' },
    { name: 'two roots', source: '<a/><b/>', message: 'Content after the root' },
    { name: 'bare ampersand', source: '<a>x & y</a>', message: 'Unknown entity' },
    { name: 'unknown entity', source: '<a>&nbsp;</a>', message: 'Unknown entity &nbsp;' },
    { name: 'control character', source: '<a>&#0;</a>', message: 'Unknown entity' },
    { name: 'unquoted attribute', source: '<a b=1/>', message: 'not quoted' },
    { name: 'double attribute', source: '<a b="1" b="2"/>', message: 'appears twice' },
    { name: 'less-than in attribute', source: '<a b="<"/>', message: 'contains "<"' },
    { name: 'document type', source: '<!DOCTYPE a><a/>', message: 'not allowed' },
    { name: 'open comment', source: '<a><!-- </a>', message: 'Unterminated comment' },
    { name: 'joined attributes', source: '<a b="1"c="2"/>', message: 'Expected a space' },
  ];
  it.each(bad)('refuses $name', ({ source, message }) => {
    expect(() => parseXml(source)).toThrow(XmlError);
    expect(() => parseXml(source)).toThrow(message);
  });

  it('says where', () => {
    expect(() => parseXml('<a>\n  <b></c>\n</a>')).toThrow('at line 2, column 6');
  });

  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(tree, (element) => {
        expect(simplify(parseXml(write(element)))).toEqual(simplify(element));
      }),
    );
  });

  it('answers any text with a tree or an XmlError', () => {
    const soup = fc.array(
      fc.constantFrom('<a', '>', '</a>', '/>', ' b="', '"', '&', ';', '<!--', 'x'),
    );
    fc.assert(
      fc.property(soup, (parts) => {
        try {
          expect(parseXml(parts.join('')).type).toBe('element');
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
    );
  });
});

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/);
const text = fc.string({
  minLength: 1,
  unit: fc.constantFrom('a', '&', '<', '>', '"', "'", 'é', ' ', '😀'),
});
const { tree } = fc.letrec<{ tree: XmlElement; node: XmlNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    text.map((value): XmlNode => ({ type: 'text', text: value, offset: 0 })),
    tie('tree'),
  ),
  tree: fc.record({
    type: fc.constant('element' as const),
    name,
    attributes: fc.array(fc.tuple(name, text)).map((pairs) => new Map(pairs)),
    children: fc.array(tie('node'), { maxLength: 4 }),
    offset: fc.constant(0),
  }),
}));

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&#34;');
}

function write(node: XmlNode): string {
  if (node.type === 'text') return escapeXml(node.text);
  const attributes = [...node.attributes]
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  return `<${node.name}${attributes}>${node.children.map(write).join('')}</${node.name}>`;
}

/** Neighbouring texts are one text once they are written. */
function simplify(node: XmlElement): unknown {
  const children: unknown[] = [];
  for (const child of node.children) {
    const last = children.at(-1);
    if (child.type === 'element') children.push(simplify(child));
    else if (typeof last === 'string') children[children.length - 1] = last + child.text;
    else children.push(child.text);
  }
  return { name: node.name, attributes: [...node.attributes], children };
}
