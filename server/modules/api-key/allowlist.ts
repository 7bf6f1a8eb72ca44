import { BlockList, isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

const lists = new LRUCache<string, BlockList>({ max: 1000 });

/** An address or a CIDR range, IPv4 or IPv6, such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48. */
const addressRange = z
  .string()
  .trim()
  .max(60)
  .refine((text) => partsOf(text) !== null, 'write an address or a range such as 203.0.113.0/24 or 2001:db8::/48');

/** Where a key may be used from; empty = from anywhere. 50 ranges are more than any peer allows without a call. */
export const allowlist = z.array(addressRange).max(50, 'list at most 50 addresses or ranges');

/** True if the address lies in one of the ranges, or if there are none. An unknown address lies in no range. */
export function isAllowed(ranges: readonly string[], address: string | undefined): boolean {
  if (ranges.length === 0) return true;
  // A socket that listens on both families writes IPv4 as ::ffff:203.0.113.7, and a link-local one adds its zone.
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') ?? '';
  const family = isIP(plain);
  return family !== 0 && compiled(ranges).check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

function compiled(ranges: readonly string[]): BlockList {
  const name = ranges.join(' ');
  const known = lists.get(name);
  if (known) return known;
  const list = new BlockList();
  for (const { address, bits, family } of ranges.flatMap((range) => partsOf(range) ?? [])) {
    if (bits === null) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  lists.set(name, list);
  return list;
}

function partsOf(text: string): { address: string; bits: number | null; family: 'ipv4' | 'ipv6' } | null {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined || address.includes('%')) return null;
  const family = version === 4 ? ('ipv4' as const) : ('ipv6' as const);
  if (bits === undefined) return { address, bits: null, family };
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128)) return null;
  return { address, bits: Number(bits), family };
}
