import { expect, test } from 'vitest';
import { allowlist, isAllowed } from './allowlist.ts';

test.each([
  [[], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.8', false],
  [['203.0.113.0/24'], '203.0.113.255', true],
  [['203.0.113.0/24'], '203.0.114.0', false],
  [['203.0.113.0/24'], '::ffff:203.0.113.9', true],
  [['2001:db8::/48'], '2001:db8:0:ffff::1', true],
  [['2001:db8::/48'], '2001:db8:1::1', false],
  [['2001:db8::1'], '2001:0db8:0:0::1', true],
  [['203.0.113.0/24'], undefined, false],
  [['203.0.113.0/24'], 'not an address', false],
])('with %j a call from %s is allowed: %s', (ranges, address, allowed) => {
  expect(isAllowed(ranges, address)).toBe(allowed);
});

test.each(['203.0.113', '203.0.113.0/33', '2001:db8::/129', '1.2.3.4/', '1.2.3.4/8/8', 'example.org', 'fe80::1%eth0'])(
  '%s is no address and no range',
  (text) => {
    expect(allowlist.safeParse([text]).success).toBe(false);
  },
);
