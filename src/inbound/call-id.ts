import { utf8 } from '../shared/bytes.ts';
import { crockfordOf } from '../shared/ids.ts';

const ID_CHARS = 26;

/**
 * The id of a call that came in: its webhooks know only the carrier's SID, so the id follows from it
 * by HMAC-SHA-256 under a key of ours, and nobody can name another's session by guessing.
 */
export function inboundCallIds(secret: string): (callSid: string) => Promise<string> {
  let key: CryptoKey | null = null;
  return async (callSid) => {
    key ??= await importKey(secret);
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(callSid)));
    return `call_${crockfordOf(mac).slice(0, ID_CHARS)}`;
  };
}

function importKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = utf8(`destiny/inbound-call/v1/${secret}`);
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
}
