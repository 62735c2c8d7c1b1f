import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FormParams, formParams, verifySignature } from './signature.ts';

// The vectors of twilio-node's own tests.
const TOKEN = '12345';
const URL_ = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const PARAMS = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};
const SIGNATURE = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';
const JSON_BODY = '{"property": "value", "boolean": true}';
const JSON_SHA = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const JSON_URL = `${URL_}&bodySHA256=${JSON_SHA}`;
const JSON_SIGNATURE = 'a9nBmqA0ju/hNViExpshrM61xv4=';

const sign = (url: string, params: Record<string, string>, token = TOKEN) => {
  const fields = Object.keys(params).sort();
  const data = fields.reduce((text, key) => text + key + params[key], url);
  return createHmac('sha1', token).update(data).digest('base64');
};

describe('official vectors', () => {
  test.each([
    ['the form', URL_, SIGNATURE],
    ['with a port', URL_.replace('.com', '.com:1234'), SIGNATURE],
    ['with the standard port', URL_.replace('.com', '.com:443'), SIGNATURE],
    [
      'http with a port',
      URL_.replace('https://mycompany.com', 'http://mycompany.com:1234'),
      'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
    ],
    ['with our fragment', `${URL_}#rc=2&rt=4000`, SIGNATURE],
  ])('%s', (_name, url, signature) =>
    expect(verifySignature({ url, params: PARAMS, signature }, TOKEN)).toBe(true),
  );

  test('the JSON body', () => {
    const request = { url: JSON_URL, jsonBody: JSON_BODY, signature: JSON_SIGNATURE };
    expect(verifySignature(request, TOKEN)).toBe(true);
    expect(verifySignature({ ...request, jsonBody: `${JSON_BODY} ` }, TOKEN)).toBe(false);
    expect(verifySignature({ ...request, url: URL_ }, TOKEN)).toBe(false);
  });
});

test('Twilio may have signed the URL with the standard port', () => {
  const signature = sign(URL_.replace('.com', '.com:443'), PARAMS);
  expect(verifySignature({ url: URL_, params: PARAMS, signature }, TOKEN)).toBe(true);
});

test.each(["?name=O'Brien%20x", '?name=O%27Brien%20x'])('Twilio may have signed %s', (query) => {
  const signature = sign(`https://destiny.test/voice${query}`, PARAMS);
  const url = "https://destiny.test/voice?name=O'Brien%20x";
  expect(verifySignature({ url, params: PARAMS, signature }, TOKEN)).toBe(true);
});

test('repeated keys are signed sorted and without duplicates', () => {
  const params = formParams('b=2&b=1&b=2&a=x');
  const signature = createHmac('sha1', TOKEN).update('https://d.test/axb1b2').digest('base64');
  expect(verifySignature({ url: 'https://d.test/', params, signature }, TOKEN)).toBe(true);
});

test.each<[string, string | null | undefined]>([
  ['missing', undefined],
  ['null', null],
  ['empty', ''],
  ['truncated by one', SIGNATURE.slice(0, -1)],
  ['truncated by three', SIGNATURE.slice(0, -3)],
  ['too long', `${SIGNATURE}A`],
  ['followed by a line break', `${SIGNATURE}\n`],
  ['base64url', SIGNATURE.replace('/', '_')],
  ['another hash', 'a'.repeat(27).concat('=')],
  ['not ASCII', 'ü'.repeat(28)],
])('a signature that is %s is false', (_name, signature) =>
  expect(verifySignature({ url: URL_, params: PARAMS, signature }, TOKEN)).toBe(false),
);

test.each([
  ['an empty token', { url: URL_, params: PARAMS, signature: sign(URL_, PARAMS, '') }, ''],
  ['a URL that is none', { url: '%', params: PARAMS, signature: SIGNATURE }, TOKEN],
  ['a JSON body under a URL that is none', { url: '%', jsonBody: '', signature: SIGNATURE }, TOKEN],
])('%s is false', (_name, request, token) => expect(verifySignature(request, token)).toBe(false));

test('no change of token, URL, field or signature is accepted', () => {
  const char = fc.constantFrom(...'abcXYZ019+/= &?é');
  const mutation = fc.record({
    what: fc.constantFrom('token', 'path', 'key', 'value', 'signature', 'extra', 'dropped'),
    at: fc.nat(),
    char,
  });
  const put = (text: string, at: number, value: string) => {
    const i = at % text.length;
    return text.slice(0, i) + value + text.slice(i + 1);
  };
  fc.assert(
    fc.property(mutation, ({ what, at, char: value }) => {
      const keys = Object.keys(PARAMS) as (keyof typeof PARAMS)[];
      const key = keys[at % keys.length] ?? 'To';
      const { [key]: old, ...others } = PARAMS;
      const path = URL_.slice('https://mycompany.com/'.length);
      const changed = {
        token: what === 'token' ? put(TOKEN, at, value) : TOKEN,
        url: `https://mycompany.com/${what === 'path' ? put(path, at, value) : path}`,
        signature: what === 'signature' ? put(SIGNATURE, at, value) : SIGNATURE,
        params: {
          ...others,
          ...(what === 'dropped'
            ? {}
            : {
                [what === 'key' ? put(key, at, value) : key]:
                  what === 'value' ? put(old, at, value) : old,
              }),
          ...(what === 'extra' ? { Extra: value } : {}),
        } as FormParams,
      };
      const isSame =
        changed.token === TOKEN &&
        changed.url === URL_ &&
        changed.signature === SIGNATURE &&
        JSON.stringify(Object.entries(changed.params).sort()) ===
          JSON.stringify(Object.entries(PARAMS).sort());
      expect(verifySignature(changed, changed.token)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test('a form keeps white space, plus signs and odd names', () => {
  expect(formParams('a=+x+&b=%2B1&c=&a=y&__proto__=z')).toEqual(
    Object.fromEntries([
      ['a', [' x ', 'y']],
      ['b', '+1'],
      ['c', ''],
      ['__proto__', 'z'],
    ]),
  );
});
