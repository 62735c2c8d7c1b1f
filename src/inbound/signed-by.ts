import type { SessionWebhook } from '../calls/session-types.ts';
import { single, verifySignature } from '../telephony/signature.ts';
import type { InboundDirectory, KnownAccount } from './directory.ts';

/** A request of the carrier as its signature covers it. */
export type Asked = Omit<SessionWebhook, 'kind'>;

/** The account that signed this request, by the SID it names; null when none of ours did. */
export async function signedBy(
  directory: Pick<InboundDirectory, 'account'>,
  asked: Asked,
): Promise<KnownAccount | null> {
  const account = await directory.account(single(asked.params.AccountSid));
  return account !== null && verifySignature(asked, account.authToken) ? account : null;
}
