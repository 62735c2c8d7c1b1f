import { fromBase64, toBase64, utf8 } from '../shared/bytes.ts';
import type { RandomBytes } from '../shared/clock.ts';

const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** A secret in the form of Standard Webhooks: `whsec_` and 256 random bits in base64. */
export function newWebhookSecret(random: RandomBytes): string {
  return `${PREFIX}${toBase64(random(new Uint8Array(SECRET_BYTES)))}`;
}

/**
 * Headers of Standard Webhooks 1.0: HMAC-SHA-256 over `id.timestamp.payload`, one signature for
 * each secret that counts.
 */
export async function signedHeaders(
  secrets: readonly string[],
  message: { readonly id: string; readonly at: number; readonly payload: string },
): Promise<Readonly<Record<string, string>>> {
  const timestamp = String(Math.floor(message.at / 1000));
  const signatures = await Promise.all(
    secrets.map((secret) => sign(secret, `${message.id}.${timestamp}.${message.payload}`)),
  );
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.map((signature) => `v1,${signature}`).join(' '),
  };
}

async function sign(secret: string, content: string): Promise<string> {
  const bytes = fromBase64(secret.slice(PREFIX.length));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(content))));
}
