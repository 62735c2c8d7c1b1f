import type { PlatformContext } from './platform-context.ts';

/** The key that a sealed token names; `seal.ts` writes it in front. */
export function keyIdOf(tokenSealed: string): string {
  return tokenSealed.split('.')[0] ?? '';
}

/** Seals every token anew under the first key, so that an old key can leave ENCRYPTION_KEYS. */
export async function resealTokens(ctx: PlatformContext): Promise<number> {
  let resealed = 0;
  for (const { sid, tokenSealed } of await ctx.platform.carrierAccounts()) {
    const after = await ctx.sealer.seal(await ctx.sealer.open(tokenSealed));
    if (keyIdOf(after) === keyIdOf(tokenSealed)) continue;
    if (await ctx.platform.resealToken(sid, tokenSealed, after)) resealed += 1;
  }
  return resealed;
}
