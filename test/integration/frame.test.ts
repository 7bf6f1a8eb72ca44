import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureUi } from '../../scripts/ensure-ui.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
beforeAll(async () => {
  ensureUi();
  it = await startInstallation();
}, 120_000);
afterAll(() => it.stop());

test.each([
  ['/ui/portal/', './'],
  ['/ui/portal/orders', './'],
  ['/ui/portal/orders/new', '../'],
  ['/ui/admin/resellers/new', '../'],
])('%s is the shell of its build, framed by the host alone, with addresses below %s', async (path, base) => {
  const response = await fetch(`${it.serviceUrl}${path}`);
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toBe(`frame-ancestors ${it.hostUrl}`);
  expect(response.headers.get('x-frame-options')).toBeNull();
  expect(html).toContain(`<base href="${base}"`);
  expect(html).toContain(it.hostUrl);
  expect(html).not.toContain('%RESELLER_');
});

test('a file of another version is not answered with the shell', async () => {
  const response = await fetch(`${it.serviceUrl}/ui/portal/_app/immutable/gone.js`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('problem+json');
});
