import { eq } from 'drizzle-orm';
import { phoneNumber } from '../db/schema/control.ts';
import { DestinyError } from '../shared/errors.ts';
import type { OwnedNumber } from '../telephony/numbers.ts';
import type { NumbersContext } from './context.ts';

export type WebhookCheck = {
  readonly isRight: boolean;
  readonly voice: { readonly expected: string; readonly actual: string };
  readonly sms: { readonly expected: string; readonly actual: string };
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
  return {
    isRight: owned.voiceUrl === webhooks.voiceUrl && owned.smsUrl === webhooks.smsUrl,
    voice: { expected: webhooks.voiceUrl, actual: owned.voiceUrl },
    sms: { expected: webhooks.smsUrl, actual: owned.smsUrl },
  };
}
