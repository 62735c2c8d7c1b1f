import { DestinyError } from '../shared/errors.ts';
import type { Person } from './actor.ts';
import { asOurs } from './auth-error.ts';
import type { IdentityContext, Visitor } from './context.ts';
import { SignInGuard } from './sign-in-guard.ts';

const notHis = () => new DestinyError('forbidden', 'The password is wrong; nothing was changed.');

/** Always the same answer, whether or not there is such a person. */
export async function askReset(
  ctx: IdentityContext,
  visitor: Visitor,
  email: string,
): Promise<void> {
  const guard = new SignInGuard(ctx.people, ctx.clock);
  await guard.countTry(visitor.ip);
  await ctx.auth.api.requestPasswordReset({ body: { email }, headers: visitor.headers });
}

export async function resetPassword(
  ctx: IdentityContext,
  visitor: Visitor,
  input: { readonly token: string; readonly password: string },
): Promise<void> {
  const guard = new SignInGuard(ctx.people, ctx.clock);
  await guard.countTry(visitor.ip);
  const { token, password: newPassword } = input;
  await asOurs(
    ctx.auth.api.resetPassword({ body: { token, newPassword }, headers: visitor.headers }),
    () => new DestinyError('link_expired', 'This link was used or is too old; ask for a new one.'),
  );
}

export async function changePassword(
  ctx: IdentityContext,
  visitor: Visitor,
  actor: Person,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<void> {
  await asOurs(ctx.auth.api.changePassword({ body: input, headers: visitor.headers }), notHis);
  await ctx.people.endSessions(actor.id, { except: actor.sessionId });
}

export async function startSecondFactor(
  ctx: IdentityContext,
  visitor: Visitor,
  password: string,
): Promise<{ readonly totpUri: string; readonly backupCodes: readonly string[] }> {
  const made = await asOurs(
    ctx.auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: visitor.headers }),
    notHis,
  );
  if (made.method !== 'totp') throw new Error('better-auth made another second factor');
  return { totpUri: made.totpURI, backupCodes: made.backupCodes };
}

/** The session is made anew with it; the cookies are in the answer's headers. */
export async function confirmSecondFactor(
  ctx: IdentityContext,
  visitor: Visitor,
  code: string,
): Promise<Headers> {
  const { headers } = await asOurs(
    ctx.auth.api.verifyTOTP({ body: { code }, headers: visitor.headers, returnHeaders: true }),
    () => new DestinyError('forbidden', 'The code is wrong; look at the clock of the phone.'),
  );
  return headers;
}

export async function stopSecondFactor(
  ctx: IdentityContext,
  visitor: Visitor,
  password: string,
): Promise<Headers> {
  const request = { body: { password }, headers: visitor.headers, returnHeaders: true } as const;
  const { headers } = await asOurs(ctx.auth.api.disableTwoFactor(request), notHis);
  return headers;
}
