import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { packageRoot } from '../platform/root.ts';
import type { HttpOptions } from './app.ts';
import { problemOf } from './problem.ts';

/** The built fragments; below dist in a checkout and in a package alike. */
const BUILDS = fileURLToPath(new URL('dist/ui', packageRoot));
const portals = ['admin', 'portal', 'panels'] as const;

/**
 * The screens as static fragments. Only the host's pages may frame them; the first document is an empty shell that knows
 * the exact origin it may speak to, and no data.
 */
export function screenRoutes({ hostOrigin }: HttpOptions): Hono {
  const app = new Hono();
  for (const portal of portals) {
    app.use(
      `/${portal}/_app/*`,
      serveStatic({
        root: BUILDS,
        rewriteRequestPath: (path) => path.slice(path.indexOf(`/${portal}/`)),
        precompressed: true,
        onFound: (_path, c) => c.header('cache-control', 'public, immutable, max-age=31536000'),
      }),
    );
    // An old tab after an upgrade must not get HTML as a module.
    app.get(`/${portal}/_app/*`, (c) =>
      problemOf(c, 404, 'not_found', 'This file is of another version. Reload the page.'),
    );
    const shell = async (c: Context) => {
      const html = await readFile(`${BUILDS}/${portal}/index.html`, 'utf8').catch(() => null);
      if (html === null) return problemOf(c, 404, 'not_found', 'These screens are not built.');
      return c.html(
        html
          .replaceAll('%RESELLER_PARENT_ORIGIN%', hostOrigin)
          .replaceAll('%RESELLER_UI_BASE%', baseFrom(c.req.path, portal)),
        200,
        {
          'content-security-policy': `frame-ancestors ${hostOrigin}`,
          'cache-control': 'no-cache',
        },
      );
    };
    app.get(`/${portal}`, (c) => c.redirect(`/ui/${portal}/`));
    app.get(`/${portal}/*`, shell);
  }
  return app;
}

/** The build's folder as seen from a page in it: relative, so that a proxy may serve everything below a prefix. */
function baseFrom(path: string, portal: string): string {
  const below = path.slice(path.indexOf(`/${portal}/`) + portal.length + 2);
  return '../'.repeat(below.split('/').length - 1) || './';
}
