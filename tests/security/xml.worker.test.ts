import { expect, test } from 'vitest';
import { readXml, type XmlElement } from '../../src/telephony/read-xml.suite.ts';
import { xmlText } from '../../src/telephony/xml-text.ts';
import { webhook } from '../support/session.ts';
import { talk } from '../support/talk.ts';

const SCRIPT = `[start]
Hello {{firstName}}, this is {{tenantName}}. What is your name?
@capture name text
-> ok: more
-> else: more

[more]
Thank you {{name}}. Press 1.
-> 1: END #confirmed
-> else: END #no_response
`;
const HOSTILE = [
  '<Redirect>https://evil.test/</Redirect>',
  '</Say></Gather><Dial>+19005550100</Dial><Gather><Say>',
  ']]><Hangup/>',
  '<![CDATA[<Hangup/>]]>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  '&#60;Hangup/&#62;',
  '" action="https://evil.test/" x="',
  "' onload='x",
  'Ma\u0000\u0001\u0008\u000B\u001F\uFFFE\uFFFFria',
  '\uD800 alone, and \uDC00',
  '<?xml version="1.1"?>',
  '%3CHangup%2F%3E',
];

const shapeOf = ({ name, attributes, children }: XmlElement): unknown => [
  name,
  Object.keys(attributes),
  children.filter((child): child is XmlElement => typeof child === 'object').map(shapeOf),
];
const textOf = ({ children }: XmlElement): string =>
  children.map((child) => (typeof child === 'object' ? textOf(child) : child)).join('');
async function documentsOf(text: string) {
  const variables = { firstName: text, tenantName: text };
  const own = await talk(SCRIPT, { variables, screeningText: text });
  const first = await own.turn(0);
  const screened = await own.turn(1, { SpeechResult: 'who is calling please state your name' });
  const second = await own.turn(2, { SpeechResult: text, Confidence: '0.9' });
  return [first, screened, second].map(readXml);
}

test.each(HOSTILE)('%j is words, wherever it stands', async (text) => {
  const plain = await documentsOf('Maria');
  const hostile = await documentsOf(text);
  expect(hostile.map(shapeOf)).toEqual(plain.map(shapeOf));
  const said = hostile.map(textOf).join(' ');
  expect(said).toContain(xmlText(text));
});

test('an address that was asked for stands in the document as an address', async () => {
  const path = '/voice/inbound?a=%22%3E%3CHangup/%3E&b=<Hangup/>&c="';
  const response = await webhook(path, {}, {});
  const xml = await response.text();
  expect([200, 403]).toContain(response.status);
  if (response.status === 200) expect(readXml(xml).name).toBe('Response');
});
