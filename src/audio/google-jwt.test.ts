import { decodeProtectedHeader, exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { DestinyError } from '../shared/errors.ts';
import { GoogleToken } from './google-jwt.ts';

const NOW = 1_795_000_000_000;
const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
const pem = await exportPKCS8(privateKey);
const account = {
  type: 'service_account',
  client_email: 'speech@project.iam.gserviceaccount.com',
  private_key_id: 'key-1',
  private_key: pem,
};

test('the token carries the claims Google asks for and verifies', async () => {
  const jwt = await new GoogleToken(JSON.stringify(account), () => NOW).bearer();
  const { payload } = await jwtVerify(jwt, publicKey, { currentDate: new Date(NOW) });
  expect(payload).toEqual({
    iss: account.client_email,
    sub: account.client_email,
    aud: 'https://texttospeech.googleapis.com/',
    iat: NOW / 1000,
    exp: NOW / 1000 + 3600,
  });
  expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
});

test('a key with literal \\n is unescaped', async () => {
  const escaped = { ...account, private_key: pem.replaceAll('\n', '\\n') };
  const jwt = await new GoogleToken(JSON.stringify(escaped), () => NOW).bearer();
  await jwtVerify(jwt, publicKey, { currentDate: new Date(NOW) });
});

test('signs again at 50 minutes, when forgotten, and when the clock went back', async () => {
  let now = NOW;
  const token = new GoogleToken(JSON.stringify(account), () => now);
  const first = await token.bearer();
  now += 50 * 60_000 - 1;
  expect(await token.bearer()).toBe(first);
  now += 1;
  const second = await token.bearer();
  expect(second).not.toBe(first);
  now += 1000;
  token.forget();
  expect(await token.bearer()).not.toBe(second);
  now = NOW - 60_000;
  const { payload } = await jwtVerify(await token.bearer(), publicKey, {
    currentDate: new Date(now),
  });
  expect(payload.iat).toBe(now / 1000);
});

test.each([
  ['not JSON', 'hunter2 {', 'it is not a JSON object'],
  ['JSON that is no object', '"hunter2"', 'it is not a JSON object'],
  ['no e-mail', JSON.stringify({ ...account, client_email: '' }), 'it has no client_email'],
  ['no key id', JSON.stringify({ ...account, private_key_id: 5 }), 'it has no private_key_id'],
  ['no key', JSON.stringify({ client_email: 'hunter2', private_key_id: 'x' }), 'no private_key'],
])('%s is a sentence that names the variable and hides its value', (_name, json, reason) => {
  const make = () => new GoogleToken(json, () => NOW);
  expect(make).toThrow(DestinyError);
  expect(make).toThrow(reason);
  expect(make).toThrow(/^Set GOOGLE_SERVICE_ACCOUNT (?!.*hunter2)/);
});

test('a key that is no PEM says so without showing it', async () => {
  const broken = JSON.stringify({ ...account, private_key: 'hunter2' });
  const bearer = new GoogleToken(broken, () => NOW).bearer();
  await expect(bearer).rejects.toMatchObject({
    code: 'config_invalid',
    message: expect.stringMatching(/^(?!.*hunter2).*PKCS #8 PEM/),
  });
});
