import { DestinyError } from '../shared/errors.ts';
import type { PlatformContext } from './platform-context.ts';

export type RegisterCarrierAccountInput = {
  readonly sid: string;
  readonly authToken: string;
  readonly callsPerSecond: number;
  readonly maxConcurrentCalls: number;
  /** Whose own account it is; null = the platform's. */
  readonly tenantId: string | null;
};

/** Adds a Twilio account or changes the one that is known; its token is stored sealed only. */
export async function registerCarrierAccount(
  ctx: PlatformContext,
  input: RegisterCarrierAccountInput,
): Promise<void> {
  if (!/^AC[0-9a-f]{32}$/.test(input.sid)) {
    throw new DestinyError(
      'invalid_input',
      'A Twilio account SID is AC and 32 hexadecimal digits.',
    );
  }
  const { authToken, ...account } = input;
  const isOurs = await ctx.platform.insertCarrierAccount({
    ...account,
    tokenSealed: await ctx.sealer.seal(authToken),
    createdAt: ctx.clock.now(),
  });
  if (!isOurs) {
    throw new DestinyError('conflict', `The account ${input.sid} is registered by somebody else.`);
  }
}
