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

/** What is not the Internet beside the above (IANA special-purpose registries): shared, test, multicast, translated. */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['100.64.0.0', 10],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, bits, 'ipv4');
}
// Of IPv6 only 2000::/3 is given out; in it these carry an IPv4 address inside, or are for documentation.
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const) {
  special.addSubnet(net, bits, 'ipv6');
}
const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/** True for an address that packets reach over the Internet: the only kind that a stranger may have us connect to. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0 || isPrivateAddress(address)) return false;
  if (family === 4) return !special.check(address, 'ipv4');
  return givenOut.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
