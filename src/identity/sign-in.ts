import { DestinyError } from '../shared/errors.ts';
import { asOurs } from './auth-error.ts';
import type { IdentityContext, Visitor } from './context.ts';
import { SignInGuard } from './sign-in-guard.ts';

export type SignedIn = {
  readonly isSecondFactorNeeded: boolean;
  readonly userId: string | null;
  /** Carries the cookies. */
  readonly headers: Headers;
};

const wrong = () =>
  new DestinyError('unauthenticated', 'E-mail or password is wrong; try again or ask for a reset.');

/** Password first; a person with a second factor is signed in only by `giveSecondFactor`. */
export async function signIn(
  ctx: IdentityContext,
  visitor: Visitor,
  input: { readonly email: string; readonly password: string },
): Promise<SignedIn> {
  const guard = new SignInGuard(ctx.people, ctx.clock);
  return guard.watch(visitor.ip, input.email, async () => {
    const { headers, response } = await asOurs(
      ctx.auth.api.signInEmail({ body: input, headers: visitor.headers, returnHeaders: true }),
      wrong,
    );
    const isSecondFactorNeeded = 'twoFactorRedirect' in response;
    const userId = isSecondFactorNeeded ? null : response.user.id;
    return { isSecondFactorNeeded, userId, headers };
  });
}

/** A code of the app, or one of the backup codes, which works once. */
export async function giveSecondFactor(
  ctx: IdentityContext,
  visitor: Visitor,
  code: string,
): Promise<{ readonly userId: string; readonly headers: Headers }> {
  const request = { body: { code }, headers: visitor.headers, returnHeaders: true } as const;
  const refused = () =>
    new DestinyError('unauthenticated', 'The code is wrong or too old; sign in again.');
  const { headers, response } = await asOurs(
    /^\d{6}$/.test(code)
      ? ctx.auth.api.verifyTOTP(request)
      : ctx.auth.api.verifyBackupCode(request),
    refused,
  );
  return { userId: response.user.id, headers };
}
