const PRIVATE_NAMES =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|arpa|test|invalid)$/;

/** Ranges of RFC 1918, 6598, 3927, 5737 and 6890, by their first bits. */
const PRIVATE_RANGES: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Whether a host, as `URL` writes it, can only be our own network or none. `URL` has already
 * turned `0x7f.1` and `2130706433` into four numbers.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.+$/, '');
  if (host.startsWith('[')) return isPrivateV6(host.slice(1, -1));
  if (/^\d+(?:\.\d+){3}$/.test(host)) return isPrivateV4(host);
  return !host.includes('.') || PRIVATE_NAMES.test(host);
}

function isPrivateV4(address: string): boolean {
  const value = toBits(address);
  return PRIVATE_RANGES.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(value / size) === Math.floor(toBits(network) / size);
  });
}

/** Only global unicast (2000::/3) is public, but for documentation and addresses of IPv4 inside. */
function isPrivateV6(address: string): boolean {
  const first = Number.parseInt(address.split(':')[0] || '0', 16);
  const isTunnel = address.startsWith('2002:') || /^2001:0?:/.test(address);
  return first < 0x2000 || first > 0x3fff || address.startsWith('2001:db8') || isTunnel;
}

const toBits = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
