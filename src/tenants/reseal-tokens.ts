import type { PlatformContext } from './platform-context.ts';

/** The key that a sealed token names; `seal.ts` writes it in front. */
export function keyIdOf(tokenSealed: string): string {
  return tokenSealed.split('.')[0] ?? '';
}

/** Seals every secret anew under the first key, so that an old key can leave ENCRYPTION_KEYS. */
export async function resealTokens(ctx: PlatformContext): Promise<number> {
  return (await resealAccounts(ctx)) + (await resealWebhooks(ctx));
}

async function resealWebhooks({ platform, sealer }: PlatformContext): Promise<number> {
  const anew = async (sealed: string) => sealer.seal(await sealer.open(sealed));
  let resealed = 0;
  for (const before of await platform.webhookSecrets()) {
    const { previousSealed } = before;
    const after = {
      ...before,
      secretSealed: await anew(before.secretSealed),
      previousSealed: previousSealed === null ? null : await anew(previousSealed),
    };
    const isOld = [before.secretSealed, previousSealed ?? after.secretSealed].some(
      (sealed) => keyIdOf(sealed) !== keyIdOf(after.secretSealed),
    );
    if (isOld && (await platform.resealWebhook(before, after))) resealed += 1;
  }
  return resealed;
}

async function resealAccounts(ctx: PlatformContext): Promise<number> {
  let resealed = 0;
  for (const { sid, tokenSealed } of await ctx.platform.carrierAccounts()) {
    const after = await ctx.sealer.seal(await ctx.sealer.open(tokenSealed));
    if (keyIdOf(after) === keyIdOf(tokenSealed)) continue;
    if (await ctx.platform.resealToken(sid, tokenSealed, after)) resealed += 1;
  }
  return resealed;
}
