import type { Context } from 'hono';
import { html } from 'hono/html';

interface Front {
  hostUrl: string;
  /** What is missing before there are screens; null when nothing is. */
  waitsFor: string | null;
}

const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 40rem; margin: 10vh auto; padding: 0 1.25rem; overflow-wrap: anywhere }
  h1 { font-size: 1.4rem } li { margin: .5rem 0 } code { font-size: .95em }`;

/**
 * What somebody sees who opens the address of the service itself: where the screens are, or, before the host is paired, the
 * three steps to it. It looks again by itself until they are done. Anybody may open it: no code and no key is on it.
 */
export function frontPage(c: Context, { hostUrl, waitsFor }: Front): Response | Promise<Response> {
  const steps = html`<h1>Waiting for the bridge…</h1>
    <ol>
      <li>
        Copy the folder <code>hooks/hosts/fossbilling/module/Reseller</code> into the modules folder of
        <a href="${hostUrl}">${hostUrl}</a>, and activate “Reseller” there under <em>Extensions</em>.
      </li>
      <li>
        Take the code that the service printed when it started. It is good for ten minutes; another one:
        <code>npm run -s cli -- pair</code>
      </li>
      <li>Open the settings of the module, and enter the address of this page and the code.</li>
    </ol>
    <p>Now: ${waitsFor} This page looks again by itself.</p>`;
  const running = html`<h1>Connected</h1>
    <p>
      The reseller service is running. Its screens are in the admin area and the client area of
      <a href="${hostUrl}">${hostUrl}</a>; how programs call it is at <a href="docs">docs</a>.
    </p>`;
  c.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  c.header('cache-control', 'no-store');
  if (waitsFor !== null) c.header('refresh', '3');
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>Reseller service</title>
          <style>
            ${STYLE}
          </style>
        </head>
        <body>
          <main>${waitsFor === null ? running : steps}</main>
        </body>
      </html>`,
    waitsFor === null ? 200 : 503,
  );
}
