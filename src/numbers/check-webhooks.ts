import { eq } from 'drizzle-orm';
import { phoneNumber } from '../db/schema/control.ts';
import { DestinyError } from '../shared/errors.ts';
import type { NumberWebhooks, OwnedNumber } from '../telephony/numbers.ts';
import type { NumbersContext } from './context.ts';

type Pair = { readonly expected: string; readonly actual: string };
export type WebhookCheck = {
  readonly isRight: boolean;
  readonly voice: Pair;
  readonly voiceFallback: Pair;
  readonly voiceStatus: Pair;
  readonly sms: Pair;
};

/** Whether Twilio asks us about calls and messages to this number. */
export async function checkWebhooks(ctx: NumbersContext, numberId: string): Promise<WebhookCheck> {
  return compare(ctx, await findOwned(ctx, numberId));
}

/** Sets the webhooks at Twilio, and looks again. */
export async function repairWebhooks(ctx: NumbersContext, numberId: string): Promise<WebhookCheck> {
  const { sid } = await findOwned(ctx, numberId);
  return compare(ctx, await ctx.inventory.setWebhooks(sid, ctx.webhooks));
}

async function findOwned(ctx: NumbersContext, numberId: string): Promise<OwnedNumber> {
  const row = await ctx.tenant.control.findOne(phoneNumber, eq(phoneNumber.id, numberId));
  if (row === null) {
    throw new DestinyError('not_found', `There is no number ${numberId}; check the identifier.`);
  }
  const [owned] = await ctx.inventory.list({ e164: row.e164 });
  if (owned !== undefined) return owned;
  throw new DestinyError(
    'conflict',
    `The Twilio account does not have ${row.e164}; buy it, or take it away from the tenant.`,
  );
}

function compare({ webhooks }: NumbersContext, owned: OwnedNumber): WebhookCheck {
  const pair = (name: keyof NumberWebhooks) => ({ expected: webhooks[name], actual: owned[name] });
  const pairs = {
    voice: pair('voiceUrl'),
    voiceFallback: pair('voiceFallbackUrl'),
    voiceStatus: pair('statusCallback'),
    sms: pair('smsUrl'),
  };
  const isRight = Object.values(pairs).every(({ expected, actual }) => expected === actual);
  return { isRight, ...pairs };
}
