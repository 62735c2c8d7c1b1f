import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ApiHarness,
  cookieOf,
  expectProblem,
  expectStatus,
  fromSomewhere,
  newMember,
  newTenant,
  OWNER,
  owner,
  SETUP_TOKEN,
  signIn,
  startApi,
} from '../support/api-harness.ts';
import { totp } from '../support/totp.ts';

let api: ApiHarness;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('the set-up token makes one superadmin, once', async () => {
  const body = { ...OWNER, setupToken: SETUP_TOKEN };
  expectProblem(
    await api.ask('POST', '/setup', { body: { ...body, setupToken: 'wrong' } }),
    403,
    'forbidden',
  );
  expectStatus(await api.ask('POST', '/setup', { body }), 204);
  const again = { ...body, email: 'second@destiny.test' };
  expectProblem(await api.ask('POST', '/setup', { body: again }), 409, 'conflict');
  expectProblem(await signIn(api, again.email, again.password), 401, 'unauthenticated');
});

test('a sign-in gives an HTTP-only cookie, and no token in any body', async () => {
  const signedIn = await signIn(api, OWNER.email, OWNER.password);
  expect(signedIn.body).toEqual({ isSecondFactorNeeded: false });
  const [cookie = ''] = signedIn.headers.getSetCookie();
  expect(cookie).toMatch(/^__Secure-destiny\.session_token=/);
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/Secure/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  const token = decodeURIComponent(cookie.split(';')[0]?.split('=')[1] ?? '').split('.')[0] ?? '';
  expect(token.length).toBeGreaterThan(20);
  for (const path of ['/me', '/me/sessions']) {
    const answer = expectStatus(await api.ask('GET', path, { headers: cookieOf(signedIn) }), 200);
    expect(answer.text).not.toContain(token);
  }
});

test('wrong e-mail and wrong password are the same to who asks', async () => {
  const wrongPassword = await signIn(api, OWNER.email, 'something else entirely');
  const wrongEmail = await signIn(api, 'nobody@destiny.test', 'something else entirely');
  expectProblem(wrongPassword, 401, 'unauthenticated');
  expectProblem(wrongEmail, 401, 'unauthenticated');
  expect(wrongEmail.body.detail).toBe(wrongPassword.body.detail);
});

test('after ten wrong passwords the right one is refused too, for a known e-mail or not', async () => {
  const tenant = await newTenant(api, await owner(api));
  const own = await newMember(api, tenant.asAdmin, 'AGENT');
  for (const email of [own.email, 'nobody-at-all@destiny.test']) {
    for (let i = 0; i < 10; i++) {
      expectProblem(await signIn(api, email, `wrong password ${i}`), 401, 'unauthenticated');
    }
    expectProblem(await signIn(api, email, own.password), 423, 'account_locked');
  }
});

test('an address that tries too often is refused before anything is hashed', async () => {
  const headers = fromSomewhere();
  const body = { email: 'x@destiny.test' };
  const statuses: number[] = [];
  for (let i = 0; i < 32; i++) {
    statuses.push((await api.ask('POST', '/auth/reset-request', { body, headers })).status);
  }
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(202));
  expect(statuses.slice(30)).toEqual([429, 429]);
});

test('the second factor: nobody is signed in before the code, and a backup code works once', async () => {
  const { asAdmin } = await newTenant(api, await owner(api));
  const { email, password, cookie } = await newMember(api, asAdmin, 'AGENT');
  const wrong = { body: { password: 'not his password' }, headers: cookie };
  expectProblem(await api.ask('POST', '/me/second-factor', wrong), 403, 'forbidden');
  const started = await api.ask('POST', '/me/second-factor', {
    body: { password },
    headers: cookie,
  });
  const { totpUri, backupCodes } = expectStatus(started, 200).body as unknown as {
    totpUri: string;
    backupCodes: string[];
  };
  expectStatus(await signIn(api, email, password), 200);
  const code = () => totp(totpUri, Date.now());
  const bad = { body: { code: '000000' }, headers: cookie };
  expectProblem(await api.ask('POST', '/me/second-factor/confirm', bad), 403, 'forbidden');
  const confirmed = await api.ask('POST', '/me/second-factor/confirm', {
    body: { code: await code() },
    headers: cookie,
  });
  expectStatus(confirmed, 204);

  const first = await signIn(api, email, password);
  expect(first.body).toEqual({ isSecondFactorNeeded: true });
  expectProblem(await api.ask('GET', '/me', { headers: cookieOf(first) }), 401, 'unauthenticated');
  const guess = { body: { code: '000000' }, headers: cookieOf(first) };
  expectProblem(await api.ask('POST', '/auth/second-factor', guess), 401, 'unauthenticated');
  const given = await api.ask('POST', '/auth/second-factor', {
    body: { code: await code() },
    headers: cookieOf(first),
  });
  expectStatus(given, 204);
  const me = expectStatus(await api.ask('GET', '/me', { headers: cookieOf(given) }), 200);
  expect(me.body).toMatchObject({ email, isSecondFactorOn: true });

  const byBackup = async () => {
    const headers = cookieOf(await signIn(api, email, password));
    return api.ask('POST', '/auth/second-factor', { body: { code: backupCodes[0] }, headers });
  };
  expectStatus(await byBackup(), 204);
  expectProblem(await byBackup(), 401, 'unauthenticated');
});

test('an invitation works once, and not when it is withdrawn or too old', async () => {
  const { id, asAdmin } = await newTenant(api, await owner(api));
  const invited = async (email: string) => {
    const answer = await api.ask('POST', '/invitations', {
      body: { email, role: 'ADMIN' },
      headers: asAdmin,
    });
    expectStatus(answer, 201);
    expect(answer.text).not.toContain(api.mailbox.tokenFor(email));
    return { invitationId: answer.body.id, token: api.mailbox.tokenFor(email) };
  };
  const accept = (token: string, more: object = { name: 'New', password: 'a long password' }) =>
    api.ask('POST', '/auth/accept-invitation', { body: { token, ...more } });

  const { token } = await invited('new@destiny.test');
  const read = await api.ask('POST', '/auth/invitation', { body: { token } });
  expect(read.body).toMatchObject({ email: 'new@destiny.test', isKnownPerson: false });
  expectProblem(await accept(token, {}), 422, 'invalid_input');
  expect(expectStatus(await accept(token), 200).body).toEqual({ tenantId: id });
  expectProblem(await accept(token), 410, 'link_expired');

  const withdrawn = await invited('other@destiny.test');
  const path = `/invitations/${withdrawn.invitationId}`;
  expectStatus(await api.ask('DELETE', path, { headers: asAdmin }), 204);
  expectProblem(await accept(withdrawn.token), 410, 'link_expired');

  const old = await invited('late@destiny.test');
  const control = await api.control();
  await control
    .prepare('UPDATE invitation SET expires_at = 1 WHERE id = ?1')
    .bind(old.invitationId)
    .run();
  expectProblem(await accept(old.token), 410, 'link_expired');
  expectProblem(await accept('no token of ours'), 410, 'link_expired');
});

test('a reset link works once and ends every session; an old one does nothing', async () => {
  const { asAdmin } = await newTenant(api, await owner(api));
  const { email, password, cookie } = await newMember(api, asAdmin, 'AGENT');
  const askReset = (to: string) =>
    api.ask('POST', '/auth/reset-request', { body: { email: to }, headers: fromSomewhere() });
  const reset = (token: string, next: string) =>
    api.ask('POST', '/auth/reset', { body: { token, password: next }, headers: fromSomewhere() });

  const known = expectStatus(await askReset(email), 202);
  const unknown = expectStatus(await askReset('nobody@destiny.test'), 202);
  expect(known.text).toBe(unknown.text);
  expect(api.mailbox.count('nobody@destiny.test')).toBe(0);

  const token = api.mailbox.tokenFor(email);
  const next = 'another long password';
  expectStatus(await reset(token, next), 204);
  expectProblem(await api.ask('GET', '/me', { headers: cookie }), 401, 'unauthenticated');
  expectProblem(await signIn(api, email, password), 401, 'unauthenticated');
  expectStatus(await signIn(api, email, next), 200);
  expectProblem(await reset(token, 'a third long password'), 410, 'link_expired');

  await askReset(email);
  const control = await api.control();
  await control.prepare('UPDATE verification SET expires_at = 1').run();
  expectProblem(await reset(api.mailbox.tokenFor(email), password), 410, 'link_expired');
});

test('a revoked session is over at once: by oneself, by an admin, by a new password', async () => {
  const { asAdmin } = await newTenant(api, await owner(api));
  const { email, password, cookie } = await newMember(api, asAdmin, 'AGENT');
  const elsewhere = cookieOf(await signIn(api, email, password));
  const listed = expectStatus(await api.ask('GET', '/me/sessions', { headers: cookie }), 200);
  const sessions = listed.body.sessions as { id: string; isCurrent: boolean }[];
  const other = sessions.find(({ isCurrent }) => !isCurrent);
  expect(sessions).toHaveLength(2);
  const revoke = () => api.ask('DELETE', `/me/sessions/${other?.id}`, { headers: cookie });
  expectStatus(await revoke(), 204);
  expectProblem(await api.ask('GET', '/me', { headers: elsewhere }), 401, 'unauthenticated');
  expectProblem(await revoke(), 404, 'not_found');

  const third = cookieOf(await signIn(api, email, password));
  const change = { currentPassword: password, newPassword: 'a newer long password' };
  expectProblem(
    await api.ask('POST', '/me/password', {
      body: { ...change, currentPassword: 'wrong' },
      headers: cookie,
    }),
    403,
    'forbidden',
  );
  expectStatus(await api.ask('POST', '/me/password', { body: change, headers: cookie }), 204);
  expectProblem(await api.ask('GET', '/me', { headers: third }), 401, 'unauthenticated');

  const me = expectStatus(await api.ask('GET', '/me', { headers: cookie }), 200);
  const path = `/users/${me.body.id}/sessions`;
  expect((await api.ask('DELETE', path, { headers: asAdmin })).body).toEqual({ revoked: 1 });
  expectProblem(await api.ask('GET', '/me', { headers: cookie }), 401, 'unauthenticated');
});

test('signing out ends the session at the server, not only in the browser', async () => {
  const cookie = await owner(api);
  expectStatus(await api.ask('POST', '/auth/sign-out', { headers: cookie }), 204);
  expectProblem(await api.ask('GET', '/me', { headers: cookie }), 401, 'unauthenticated');
});

test.each([
  { name: 'another page', headers: { origin: 'https://evil.test' }, status: 403 },
  { name: 'a page of another site', headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
  { name: 'our page', headers: { origin: 'https://app.test' }, status: 204 },
  { name: 'no browser', headers: {}, status: 204 },
])('$name that writes with a cookie hears $status', async ({ headers, status }) => {
  const cookie = await owner(api);
  const answer = await api.ask('POST', '/auth/sign-out', { headers: { ...cookie, ...headers } });
  expectStatus(answer, status);
});
