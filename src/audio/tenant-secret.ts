import { utf8 } from '../shared/bytes.ts';

/**
 * The HMAC key under which one tenant's sentences are named: HKDF-SHA-256 (RFC 5869) of the
 * platform's audio secret with the tenant's id, so equal sentences of two tenants have unrelated
 * names. `masterSecret` is any text with at least 128 bits of entropy.
 */
export async function tenantAudioSecret(masterSecret: string, tenant: string): Promise<CryptoKey> {
  const master = await crypto.subtle.importKey('raw', utf8(masterSecret), 'HKDF', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(0),
      info: utf8(`destiny/audio-key/v1/${tenant}`),
    },
    master,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  );
}
