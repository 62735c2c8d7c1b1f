import { SignJWT } from 'jose';
import { toBase64Url, utf8 } from '../shared/bytes.ts';

/** Twilio takes up to a day; a page asks again long before an hour is over. */
export const TOKEN_SECONDS = 3600;

export type TokenInput = {
  readonly accountSid: string;
  readonly keySid: string;
  readonly secret: string;
  readonly applicationSid: string;
  readonly identity: string;
  /** Epoch ms. */
  readonly now: number;
};

/** https://www.twilio.com/docs/iam/access-tokens: may call our application, and nobody may call it. */
export function accessToken(input: TokenInput): Promise<string> {
  const iat = Math.floor(input.now / 1000);
  const voice = {
    incoming: { allow: false },
    outgoing: { application_sid: input.applicationSid },
  };
  return new SignJWT({ grants: { identity: input.identity, voice } })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1' })
    .setJti(`${input.keySid}-${iat}`)
    .setIssuer(input.keySid)
    .setSubject(input.accountSid)
    .setIssuedAt(iat)
    .setExpirationTime(iat + TOKEN_SECONDS)
    .sign(utf8(input.secret));
}

/**
 * Who calls, to the carrier: letters, digits and underscores, as it wants them. Keyed, so that the
 * name of one tenant's agent says nothing of another's on the same account.
 */
export async function identityOf(
  secret: string,
  tenantId: string,
  agentId: string,
): Promise<string> {
  const usage = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8(secret), usage, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, utf8(`agent ${tenantId} ${agentId}`));
  return `agent_${toBase64Url(new Uint8Array(mac, 0, 18)).replaceAll('-', '_')}`;
}
