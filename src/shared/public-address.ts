import { isPrivateHost } from './private-host.ts';

export type AddressFault = 'bad_address' | 'not_https' | 'private_address';

/**
 * Why an address that a user chose may not be asked; null when it may. A name that resolves to a
 * private address is not found here: Cloudflare's network reaches none.
 */
export function addressFault(address: string, allowsPrivate: boolean): AddressFault | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return 'bad_address';
  if (url.username !== '' || url.password !== '') return 'bad_address';
  if (allowsPrivate) return null;
  if (url.protocol !== 'https:') return 'not_https';
  return isPrivateHost(url.hostname) ? 'private_address' : null;
}
