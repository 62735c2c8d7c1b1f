import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { twoFactor as twoFactorPlugin } from 'better-auth/plugins/two-factor';
import { drizzle } from 'drizzle-orm/d1';
import { account, session, twoFactor, user, verification } from '../db/schema/identity.ts';
import type { Mailer } from './mail.ts';

export const PASSWORD_MIN_CHARS = 12;
const RESET_SECONDS = 3600;
const SESSION_SECONDS = 7 * 86_400;
const SESSION_RENEW_SECONDS = 86_400;

export type AuthOptions = {
  readonly control: D1Database;
  readonly secret: string;
  /** Where people open the page; a link in an e-mail begins with it. */
  readonly appUrl: string;
  readonly mailer: Mailer;
};

/**
 * Passwords, sessions and second factors by better-auth. Its own HTTP routes are not mounted: they
 * answer session tokens in JSON. Our routes call its API and pass on nothing but its cookies.
 */
export function makeAuth({ control, secret, appUrl, mailer }: AuthOptions) {
  const schema = { user, session, account, verification, twoFactor };
  return betterAuth({
    appName: 'Destiny',
    baseURL: appUrl,
    secret,
    trustedOrigins: [appUrl],
    database: drizzleAdapter(drizzle(control, { schema }), { provider: 'sqlite', schema }),
    user: {
      additionalFields: {
        isSuperadmin: { type: 'boolean', input: false, required: false, defaultValue: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_CHARS,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user: { email }, token }) =>
        mailer.send({
          to: email,
          subject: 'Set a new password for Destiny',
          text: `Somebody asked for a new password for ${email}. To set one, open this link within an hour; it works once:\n\n${appUrl}/reset?token=${token}\n\nIf it was not you, nothing has to be done.`,
        }),
    },
    plugins: [twoFactorPlugin({ issuer: 'Destiny' })],
    advanced: {
      cookiePrefix: 'destiny',
      useSecureCookies: appUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
    // Attempts are counted in D1 by `sign-in-guard.ts`; better-auth's limiter guards routes only.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  });
}

export type Auth = ReturnType<typeof makeAuth>;
