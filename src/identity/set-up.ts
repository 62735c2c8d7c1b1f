import { constantTimeEqual, utf8 } from '../shared/bytes.ts';
import { DestinyError } from '../shared/errors.ts';
import type { IdentityContext } from './context.ts';
import { makePerson } from './make-person.ts';

/** The first superadmin. The token works until there is one, and never again. */
export async function setUp(
  ctx: IdentityContext,
  input: {
    readonly setupToken: string;
    readonly email: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<string> {
  const { setupToken, ...person } = input;
  if (ctx.setupToken === null || !constantTimeEqual(utf8(setupToken), utf8(ctx.setupToken))) {
    throw new DestinyError(
      'forbidden',
      'The set-up token is wrong; it is the setting SETUP_TOKEN.',
    );
  }
  if (await ctx.people.hasSuperadmin()) throw isSetUp();
  const id = await makePerson(ctx, person);
  if (await ctx.people.becomeFirstSuperadmin(id)) return id;
  await ctx.people.deleteUser(id);
  throw isSetUp();
}

function isSetUp(): DestinyError {
  return new DestinyError('conflict', 'The platform is set up already; sign in.');
}
