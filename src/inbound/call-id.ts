import { utf8 } from '../shared/bytes.ts';
import { crockfordOf } from '../shared/ids.ts';

const ID_CHARS = 26;

/**
 * The id of a call that came in: its webhooks know only the carrier's SID, so the id follows from it
 * by HMAC-SHA-256 under a key of ours, and nobody can name another's session by guessing.
 */
export async function inboundCallId(secret: string, callSid: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey(
    'raw',
    utf8(`destiny/inbound-call/v1/${secret}`),
    algorithm,
    false,
    ['sign'],
  );
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(callSid)));
  return `call_${crockfordOf(mac).slice(0, ID_CHARS)}`;
}
