import { expect, test } from 'vitest';
import { isPrivateAddress, isSafeToSpeakTo } from './private-address.ts';

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.0.1', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['fe80::1%eth0', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['2001:db8::1', false],
  ['localhost', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

test.each([
  ['https://billing.example', true],
  ['http://127.0.0.1:8085', true],
  ['http://[::1]/', true],
  ['http://203.0.113.9/', false],
  ['http://localhost/', true],
])('%s may be spoken to: %s', async (url, expected) => {
  expect(await isSafeToSpeakTo(url)).toBe(expected);
});
