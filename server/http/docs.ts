import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { docsPage, type Paths } from './docs/page.ts';

/** Everything from here, nothing in line: what a key is typed into loads no script of anybody else. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const assets = { 'try.js': 'text/javascript', 'docs.css': 'text/css' };

/** The reference of the API for people, at /docs, made from the API's own OpenAPI file. `document` is read once. */
export function docsRoutes(document: () => Promise<{ paths: Paths }>): Hono {
  const app = new Hono();
  let page: Promise<string> | undefined;
  app.get('/docs', async (c) => {
    page ??= document().then(async ({ paths }) => String(await docsPage(paths)));
    return c.html(await page, 200, { 'content-security-policy': POLICY, 'cache-control': 'no-cache' });
  });
  for (const [name, type] of Object.entries(assets)) {
    app.get(`/docs/${name}`, async (c) => {
      const content = await readFile(new URL(`docs/assets/${name}`, import.meta.url), 'utf8');
      return c.body(content, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
    });
  }
  return app;
}
