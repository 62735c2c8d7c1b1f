import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { type Account, ask, openAccount, rest, settle } from '../testing.ts';

type Made = { readonly sid: string; readonly secret: string };

async function softphone() {
  const account = await openAccount();
  const key = await (await rest(account, 'POST', '/Keys.json', {})).json<Made>();
  const form = { FriendlyName: 'Desk', VoiceUrl: 'https://app.test/voice' };
  const application = await (await rest(account, 'POST', '/Applications.json', form)).json<Made>();
  return { account, key, application };
}

type Changed = {
  readonly cty?: string;
  readonly subject?: string;
  readonly secret?: string;
  readonly seconds?: number;
  readonly grants?: unknown;
};

function tokenOf(
  { account, key, application }: Awaited<ReturnType<typeof softphone>>,
  changed: Changed = {},
): Promise<string> {
  const voice = { outgoing: { application_sid: application.sid } };
  const iat = Math.floor(Date.now() / 1000);
  return new SignJWT({ grants: changed.grants ?? { identity: 'ann', voice } })
    .setProtectedHeader({ alg: 'HS256', cty: changed.cty ?? 'twilio-fpa;v=1' })
    .setIssuer(key.sid)
    .setSubject(changed.subject ?? account.accountSid)
    .setIssuedAt(iat)
    .setExpirationTime(iat + (changed.seconds ?? 60))
    .sign(new TextEncoder().encode(changed.secret ?? key.secret));
}

const call = ({ accountSid }: Account, token: string) =>
  ask(`/_sim/accounts/${accountSid}/client-calls`, {
    method: 'POST',
    body: JSON.stringify({ token, params: { ticket: 'abc' } }),
  });

it('takes a call from a page with a good token, from any origin', async () => {
  const scene = await softphone();
  const token = await tokenOf(scene);
  const reply = await call(scene.account, token);
  expect(reply.status).toBe(201);
  expect(reply.headers.get('access-control-allow-origin')).toBe('*');
  const made = await reply.json<{ sid: string; from: string; url: string }>();
  expect(made).toMatchObject({ from: 'client:ann', url: 'https://app.test/voice' });
  const path = `/_sim/accounts/${scene.account.accountSid}/client-calls/${made.sid}`;
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask(path, { headers })).status).toBe(200);
  expect((await ask(path, { method: 'DELETE', headers })).status).toBe(204);
  await settle(scene.account);
});

it.each<[string, Changed]>([
  ['signed with another secret', { secret: 'another' }],
  ['that is too old', { seconds: -10 }],
  ['of another account', { subject: `AC${'f'.repeat(32)}` }],
  ['that is no access token', { cty: 'text/plain' }],
  ['without a grant', { grants: { identity: 'ann' } }],
  ['of an application that is not there', voiceOf('AP0')],
  ['with an identity that Twilio refuses', { grants: { identity: 'an-n', voice: {} } }],
])('refuses a token %s', async (_, changed) => {
  const scene = await softphone();
  expect((await call(scene.account, await tokenOf(scene, changed))).status).toBe(401);
});

it('shows nobody’s call to another page', async () => {
  const scene = await softphone();
  const made = await (await call(scene.account, await tokenOf(scene))).json<{ sid: string }>();
  const voice = { outgoing: { application_sid: scene.application.sid } };
  const other = await tokenOf(scene, { grants: { identity: 'bob', voice } });
  const path = `/_sim/accounts/${scene.account.accountSid}/client-calls/${made.sid}`;
  expect((await ask(path, { headers: { authorization: `Bearer ${other}` } })).status).toBe(404);
  await settle(scene.account);
});

it('knows no key and no application that was deleted', async () => {
  const { account, key, application } = await softphone();
  for (const path of [`/Keys/${key.sid}.json`, `/Applications/${application.sid}.json`]) {
    expect((await rest(account, 'DELETE', path)).status).toBe(204);
    expect((await rest(account, 'DELETE', path)).status).toBe(404);
  }
  const wrong = await rest(account, 'POST', '/Applications.json', { VoiceUrl: 'nowhere' });
  expect(await wrong.json()).toMatchObject({ code: 21205 });
});

function voiceOf(sid: string): Changed {
  return { grants: { identity: 'ann', voice: { outgoing: { application_sid: sid } } } };
}
