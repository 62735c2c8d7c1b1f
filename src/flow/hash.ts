import { utf8 } from '../shared/bytes.ts';
import type { Flow } from './types.ts';

/** SHA-256, as lower-case hex, over the flow's canonical JSON: the name of what callers hear. */
export async function hashFlow(flow: Flow): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', utf8(canonicalJson(flow)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** JSON with sorted keys and no white space; a key whose value is undefined is left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${entries.join(',')}}`;
}
