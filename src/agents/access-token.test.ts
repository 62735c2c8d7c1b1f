import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import AccessToken from 'twilio/lib/jwt/AccessToken.js';
import { expect, test } from 'vitest';
import { accessToken, identityOf, TOKEN_SECONDS } from './access-token.ts';

const INPUT = {
  accountSid: `AC${'1'.repeat(32)}`,
  keySid: `SK${'2'.repeat(32)}`,
  secret: 'the secret of the key',
  applicationSid: `AP${'3'.repeat(32)}`,
  identity: 'agent_x',
};

test('is what Twilio’s own library makes, and signed so that its key verifies it', async () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const token = await accessToken({ ...INPUT, now });
  const { keySid, secret, accountSid, identity, applicationSid } = INPUT;
  const theirs = new AccessToken(accountSid, keySid, secret, { identity, ttl: TOKEN_SECONDS });
  const { VoiceGrant } = AccessToken;
  theirs.addGrant(new VoiceGrant({ outgoingApplicationSid: applicationSid, incomingAllow: false }));
  const jwt = theirs.toJwt();
  expect(decodeProtectedHeader(token)).toEqual(decodeProtectedHeader(jwt));
  const { iat, exp, jti, grants, ...rest } = decodeJwt<Record<string, unknown>>(token);
  const expected = decodeJwt<Record<string, unknown>>(jwt);
  expect(rest).toEqual({ iss: expected.iss, sub: expected.sub });
  expect(Number(exp) - Number(iat)).toBe(TOKEN_SECONDS);
  expect(jti).toBe(`${keySid}-${iat}`);
  const voice = { incoming: { allow: false }, outgoing: { application_sid: applicationSid } };
  expect(grants).toEqual({ identity, voice });
  await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });
});

test('an identity is what Twilio takes, another for each agent, and keyed', async () => {
  const names = await Promise.all([
    identityOf('a', 'ten_1', 'ann'),
    identityOf('a', 'ten_2', 'ann'),
    identityOf('a', 'ten_1', 'bob'),
    identityOf('b', 'ten_1', 'ann'),
  ]);
  for (const name of names) expect(name).toMatch(/^\w{20,64}$/);
  expect(new Set(names).size).toBe(4);
  expect(await identityOf('a', 'ten_1', 'ann')).toBe(names[0]);
});
