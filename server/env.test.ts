import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';

test('nothing set is the demo with the sandbox', () => {
  expect(readEnvironment({})).toMatchObject({ host: 'sandbox', isDemo: true, hostUrl: 'http://127.0.0.1:3901' });
});

test('a real host needs its address, and what is no address is named', () => {
  expect(() => readEnvironment({ RESELLER_HOST: 'fossbilling' })).toThrow('RESELLER_HOST_URL');
  const wrong = { RESELLER_HOST: 'fossbilling', RESELLER_HOST_URL: 'billing.example' };
  expect(() => readEnvironment(wrong)).toThrow(/RESELLER_HOST_URL.*https:\/\/billing\.example/);
  const right = { RESELLER_HOST: 'fossbilling', RESELLER_HOST_URL: 'https://billing.example', RESELLER_HOST_TOKEN: '' };
  expect(readEnvironment(right)).toMatchObject({ host: 'fossbilling', isDemo: false, hostToken: undefined });
});
