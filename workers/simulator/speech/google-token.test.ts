import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type ServiceAccount, verifyToken } from './google-token.ts';

const NOW = Date.UTC(2026, 0, 5);
const IAT = NOW / 1000;
const email = 'tts@project.iam.gserviceaccount.com';
const aud = 'https://texttospeech.googleapis.com/';
const scope = 'https://www.googleapis.com/auth/cloud-platform';

const keys = await generateKeyPair('RS256', { extractable: true });
const others = await generateKeyPair('RS256');
const account: ServiceAccount = {
  jwk: await exportJWK(keys.publicKey),
  clientEmail: email,
  keyId: 'key-1',
};
const claims = { iss: email, sub: email, aud, iat: IAT, exp: IAT + 3600 };

async function bearer(payload: object, kid = 'key-1', key = keys.privateKey): Promise<string> {
  const jwt = new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid });
  return `Bearer ${await jwt.sign(key)}`;
}

describe('verifyToken', () => {
  it('takes an audience or a scope', async () => {
    await verifyToken(await bearer(claims), account, NOW);
    await verifyToken(await bearer({ ...claims, aud: undefined, scope }), account, NOW);
  });

  const bad: { name: string; token: () => Promise<string>; reason: string }[] = [
    { name: 'nothing', token: async () => '', reason: 'no bearer token' },
    { name: 'rubbish', token: async () => 'Bearer x.y.z', reason: 'Simulator' },
    {
      name: 'another key',
      token: () => bearer(claims, 'key-1', others.privateKey),
      reason: 'signature',
    },
    { name: 'another key id', token: () => bearer(claims, 'key-2'), reason: 'key id' },
    { name: 'another issuer', token: () => bearer({ ...claims, iss: 'x' }), reason: 'issuer' },
    { name: 'another audience', token: () => bearer({ ...claims, aud: 'x' }), reason: 'audience' },
    { name: 'both', token: () => bearer({ ...claims, scope }), reason: 'audience or scope' },
    { name: 'a long life', token: () => bearer({ ...claims, exp: IAT + 3601 }), reason: '3600' },
    { name: 'no end', token: () => bearer({ ...claims, exp: undefined }), reason: '3600' },
    {
      name: 'an old one',
      token: () => bearer({ ...claims, iat: IAT - 3700, exp: IAT - 100 }),
      reason: 'exp',
    },
    { name: 'a future one', token: () => bearer({ ...claims, iat: IAT + 60 }), reason: 'future' },
  ];
  it.each(bad)('refuses $name', async ({ token, reason }) => {
    const given = await token();
    await expect(verifyToken(given, account, NOW)).rejects.toMatchObject({
      status: 'UNAUTHENTICATED',
      message: expect.stringContaining(reason),
    });
  });

  it('refuses everybody before it knows a service account', async () => {
    const given = await bearer(claims);
    await expect(verifyToken(given, undefined, NOW)).rejects.toThrow('no service account');
  });
});
