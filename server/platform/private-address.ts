import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** Loopback, private and link-local ranges (RFC 1122, 1918, 3927, 4193, 4291). */
const ranges = new BlockList();
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  ranges.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  ranges.addSubnet(net, bits, 'ipv6');
}

/** True for an address that no packet from the Internet reaches. IPv4 written as IPv6 counts as what it is. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const family = isIP(plain);
  return family !== 0 && ranges.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * True when what is sent to this address cannot be read on its way over the Internet: https, or all addresses behind the
 * name are private. A name that does not resolve says nothing against it: nothing can be sent there either.
 */
export async function isSafeToSpeakTo(url: string): Promise<boolean> {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return true;
  const name = hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) !== 0) return isPrivateAddress(name);
  const found = await lookup(name, { all: true }).catch(() => []);
  return found.every(({ address }) => isPrivateAddress(address));
}
