import { toBase64Url, utf8 } from '../shared/bytes.ts';
import type { RandomBytes } from '../shared/clock.ts';

const SECRET_BYTES = 32;

/** 256 random bits as text. */
export function newSecret(random: RandomBytes): string {
  return toBase64Url(random(new Uint8Array(SECRET_BYTES)));
}

/** SHA-256: enough for what has 256 random bits; a password needs a slow hash. */
export async function hashSecret(secret: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(secret))));
}
