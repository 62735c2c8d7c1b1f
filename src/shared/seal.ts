import { fromBase64, toBase64, utf8 } from './bytes.ts';
import type { RandomBytes } from './clock.ts';
import { DestinyError } from './errors.ts';

/** Seals and opens secrets with AES-256-GCM; a sealed text is `<key id>.<iv>.<ciphertext>`. */
export type Sealer = {
  readonly seal: (secret: string) => Promise<string>;
  readonly open: (sealed: string) => Promise<string>;
};

const IV_BYTES = 12;

/**
 * `keys` is `id:base64[,id:base64...]`, 32 bytes each. The first seals, all open, so a key is
 * rotated by putting a new one in front.
 */
export function sealerFrom(keys: string, random: RandomBytes): Sealer {
  const ring = new Map(keys.split(',').map(parseKey));
  const current = [...ring.keys()][0] ?? '';
  return {
    seal: async (secret) => {
      const iv = random(new Uint8Array(IV_BYTES));
      const key = await importKey(ring, current);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, utf8(secret));
      return `${current}.${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
    },
    open: async (sealed) => {
      const [id = '', iv = '', ciphertext = ''] = sealed.split('.');
      const key = await importKey(ring, id);
      const algorithm = { name: 'AES-GCM', iv: fromBase64(iv) };
      return new TextDecoder().decode(
        await crypto.subtle.decrypt(algorithm, key, fromBase64(ciphertext)),
      );
    },
  };
}

function parseKey(entry: string): [string, Uint8Array<ArrayBuffer>] {
  const match = /^([A-Za-z0-9_-]+):([A-Za-z0-9+/]+=*)$/.exec(entry.trim());
  const bytes = match?.[2] === undefined ? null : fromBase64(match[2]);
  if (match?.[1] === undefined || bytes?.length !== 32) {
    throw new DestinyError(
      'config_invalid',
      'ENCRYPTION_KEYS must be a list such as "k1:<32 bytes in base64>"; make one with: openssl rand -base64 32',
    );
  }
  return [match[1], bytes];
}

async function importKey(ring: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, id: string) {
  const bytes = ring.get(id);
  if (bytes === undefined) {
    throw new DestinyError(
      'config_invalid',
      `A secret was sealed under the key "${id}", which ENCRYPTION_KEYS no longer has; put it back at the end of the list.`,
    );
  }
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
