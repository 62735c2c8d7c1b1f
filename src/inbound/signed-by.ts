import type { SessionWebhook } from '../calls/session-types.ts';
import type { CarrierAccountRow } from '../db/platform-db.ts';
import type { Sealer } from '../shared/seal.ts';
import { single, verifySignature } from '../telephony/signature.ts';
import type { InboundDirectory } from './directory.ts';

/** A request of the carrier as its signature covers it. */
export type Asked = Omit<SessionWebhook, 'kind'>;

/** The account that signed this request, by the SID it names; null when none of ours did. */
export async function signedBy(
  deps: {
    readonly directory: Pick<InboundDirectory, 'account'>;
    readonly sealer: Pick<Sealer, 'open'>;
  },
  { params, url, signature }: Asked,
): Promise<CarrierAccountRow | null> {
  const account = await deps.directory.account(single(params.AccountSid));
  if (account === null) return null;
  const token = await deps.sealer.open(account.tokenSealed);
  return verifySignature({ params, url, signature }, token) ? account : null;
}
