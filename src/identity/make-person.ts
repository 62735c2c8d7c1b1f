import { DestinyError } from '../shared/errors.ts';
import type { IdentityContext } from './context.ts';

/** better-auth asks where a person comes from. */
const SOURCE = { method: 'admin' } as const;

/** A new person with a password; public sign-up does not exist. */
export async function makePerson(
  ctx: IdentityContext,
  input: { readonly email: string; readonly name: string; readonly password: string },
): Promise<string> {
  const { internalAdapter, password } = await ctx.auth.$context;
  const email = input.email.toLowerCase();
  if ((await ctx.people.userByEmail(email)) !== null) {
    throw new DestinyError('conflict', 'There is somebody with this e-mail already.');
  }
  const hash = await password.hash(input.password);
  const made = await internalAdapter.createUser(
    { email, name: input.name, emailVerified: true },
    SOURCE,
  );
  await internalAdapter.linkAccount({
    userId: made.id,
    accountId: made.id,
    providerId: 'credential',
    password: hash,
  });
  return made.id;
}
