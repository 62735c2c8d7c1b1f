import { constantTimeEqual, fromBase64, toBase64Url, utf8 } from '../shared/bytes.ts';
import { DestinyError } from '../shared/errors.ts';

/** How long a link to a recording lives. */
export const LINK_LIVES_MS = 3_600_000;

/** What a link says, all of it signed; `issuedTo` is who asked for it. */
export type RecordingLink = {
  readonly tenantId: string;
  readonly recordingId: string;
  readonly issuedTo: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
};

/** The query that proves a link, to be checked by `checkLink`. */
export async function signLink(secret: string, link: RecordingLink): Promise<URLSearchParams> {
  return new URLSearchParams({
    tenant: link.tenantId,
    expires: String(link.expiresAt),
    for: link.issuedTo,
    signature: toBase64Url(await macOf(secret, link)),
  });
}

/** The link that a query proves, or `forbidden`: tampered with, or older than an hour. */
export async function checkLink(
  secret: string,
  recordingId: string,
  query: Readonly<Record<string, string>>,
  now: number,
): Promise<RecordingLink> {
  const { tenant = '', expires = '', for: issuedTo = '', signature = '' } = query;
  const link = { tenantId: tenant, recordingId, issuedTo, expiresAt: Number(expires) };
  const isWhole = /^\d{1,15}$/.test(expires) && /^[\w-]{43}$/.test(signature);
  if (!isWhole || !constantTimeEqual(bytesOf(signature), await macOf(secret, link))) {
    throw new DestinyError('forbidden', 'This link was not issued here; ask for another.');
  }
  if (link.expiresAt <= now) {
    throw new DestinyError('link_expired', 'This link is older than an hour; ask for another.');
  }
  return link;
}

function bytesOf(signature: string): Uint8Array {
  return fromBase64(`${signature.replaceAll('-', '+').replaceAll('_', '/')}=`);
}

async function macOf(secret: string, link: RecordingLink): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const material = utf8(`destiny/recording-link/v1/${secret}`);
  const key = await crypto.subtle.importKey('raw', material, algorithm, false, ['sign']);
  const { tenantId, recordingId, issuedTo, expiresAt } = link;
  const text = JSON.stringify([tenantId, recordingId, issuedTo, expiresAt]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text)));
}
