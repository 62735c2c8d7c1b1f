import type { CarrierAccountRow, PlatformDb, Softphone } from '../db/platform-db.ts';
import { DestinyError } from '../shared/errors.ts';
import type { Sealer } from '../shared/seal.ts';
import type { SoftphoneKeys } from '../telephony/twilio-softphone.ts';

export type SoftphoneContext = {
  readonly account: CarrierAccountRow;
  readonly platform: Pick<PlatformDb, 'setSoftphone' | 'carrierAccountBySid'>;
  readonly sealer: Sealer;
  readonly keys: SoftphoneKeys;
  /** Where the carrier asks what a page is to do. */
  readonly voiceUrl: string;
};

/**
 * The account's key and application, made when the first agent asks, and told when our address has
 * changed. Of two who ask at once, the first that is written counts; the other's key is never used.
 */
export async function softphoneOf(ctx: SoftphoneContext): Promise<Softphone> {
  const known = completeOf(ctx.account);
  if (known === null) return makeSoftphone(ctx, ctx.account.softphoneKeySid);
  if (known.softphoneUrl === ctx.voiceUrl) return known;
  const isSet = await ctx.keys.setVoiceUrl(known.softphoneAppSid, ctx.voiceUrl);
  const softphoneAppSid = isSet
    ? known.softphoneAppSid
    : await ctx.keys.newApplication(ctx.voiceUrl);
  return save(ctx, known.softphoneKeySid, {
    ...known,
    softphoneAppSid,
    softphoneUrl: ctx.voiceUrl,
  });
}

async function makeSoftphone(ctx: SoftphoneContext, before: string | null): Promise<Softphone> {
  const key = await ctx.keys.newKey();
  return save(ctx, before, {
    softphoneKeySid: key.sid,
    softphoneSecretSealed: await ctx.sealer.seal(key.secret),
    softphoneAppSid: await ctx.keys.newApplication(ctx.voiceUrl),
    softphoneUrl: ctx.voiceUrl,
  });
}

async function save(
  { platform, account }: SoftphoneContext,
  before: string | null,
  softphone: Softphone,
): Promise<Softphone> {
  if (await platform.setSoftphone(account.sid, before, softphone)) return softphone;
  const current = await platform.carrierAccountBySid(account.sid);
  const saved = current === null ? null : completeOf(current);
  if (saved !== null) return saved;
  throw new DestinyError('conflict', 'The carrier account was changed in the meantime; try again.');
}

function completeOf(account: CarrierAccountRow): Softphone | null {
  const { softphoneKeySid, softphoneSecretSealed, softphoneAppSid, softphoneUrl } = account;
  if (softphoneKeySid === null || softphoneSecretSealed === null) return null;
  if (softphoneAppSid === null || softphoneUrl === null) return null;
  return { softphoneKeySid, softphoneSecretSealed, softphoneAppSid, softphoneUrl };
}
