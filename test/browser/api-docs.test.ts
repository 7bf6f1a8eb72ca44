import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey } from '../../server/modules/api-key/create.ts';
import { resellerPermissions } from '../../server/permissions.ts';
import { apiClient, type OpenApi } from '../support/api.ts';
import { startBrowser } from '../support/browser.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

let it: Installation;
let browser: Browser | undefined;
let page: Page;
let key: string;
let openapi: OpenApi;
/** What the page's own policy refused, or a script threw. */
const complaints: string[] = [];
beforeAll(async () => {
  it = await startInstallation();
  const { id } = await it.makeReseller();
  ({ key } = await createKey(it.admin(), { name: 'Docs', resellerId: id, scopes: [...resellerPermissions] }));
  ({ openapi } = await apiClient(it.serviceUrl, key));
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(15_000);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (said) => (said.type() === 'error' ? complaints.push(said.text()) : undefined));
  await page.goto(`${it.serviceUrl}/docs`);
});
afterAll(async () => {
  await browser?.close();
  await it.stop();
});

const operation = (id: string) => page.locator(`details#${id}`);

test('every operation of the OpenAPI file is listed, and nothing is loaded from elsewhere', async () => {
  const listed = await page.locator('details > summary').allInnerTexts();
  const all = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed).toHaveLength(all.length);
  for (const one of all) expect(listed.some((text) => text.replaceAll(/\s+/g, ' ').startsWith(one))).toBe(true);
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(loaded.filter((address) => !address.startsWith(it.serviceUrl))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(0);
});

test('a call is tried with a key: reading, and a change with its ETag', async () => {
  await page.getByLabel(/^API key/).fill(key);
  await operation('customers_create').locator('summary').click();
  await operation('customers_create')
    .getByLabel('Body', { exact: true })
    .fill('{"name": "Ines", "email": "ines@example.org"}');
  await operation('customers_create').getByRole('button').click();
  const answer = operation('customers_create').getByRole('status');
  await answer.getByText('201, ETag "1"').waitFor();
  const [id = ''] = /cus_[0-9a-f]+/.exec(await answer.innerText()) ?? [];

  await operation('customers_update').locator('summary').click();
  await operation('customers_update').locator('[name=id]').fill(id);
  await operation('customers_update')
    .getByLabel(/If-Match/)
    .fill('"1"');
  await operation('customers_update').getByLabel('Body', { exact: true }).fill('{"name": "Ines Weber"}');
  await operation('customers_update').getByRole('button').click();
  await operation('customers_update').getByRole('status').getByText('Ines Weber').waitFor();

  await operation('customers_list').locator('summary').click();
  await operation('customers_list')
    .getByLabel(/^search/)
    .fill('weber');
  await operation('customers_list').getByRole('button').click();
  await operation('customers_list').getByRole('status').getByText(id).waitFor();
});

test('without a key the refusal is shown, and the address of an operation opens it', async () => {
  await page.goto(`${it.serviceUrl}/docs#me_get`);
  await page.reload();
  await expect.poll(() => operation('me_get').getAttribute('open')).not.toBeNull();
  await operation('me_get').getByRole('button').click();
  await operation('me_get').getByRole('status').getByText('unauthorised').first().waitFor();
});

test('the page keeps to its own policy, and axe finds nothing', async () => {
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
  const header = (await fetch(`${it.serviceUrl}/docs`)).headers.get('content-security-policy');
  expect(header).not.toContain('unsafe');
  await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: unknown[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id} × ${nodes.length}`);
  });
  expect(violations).toEqual([]);
});
