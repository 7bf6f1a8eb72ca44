import type { BridgeJobs } from './bridge-jobs.ts';
import type { App } from './http.ts';
import type { Host } from './kit.ts';
import { addAccountPages } from './pages-account.ts';
import { addAdminPages } from './pages-admin.ts';
import { addResellerPages, type Mount } from './pages-reseller.ts';
import { addShopPages } from './pages-shop.ts';
import { styles } from './styles.ts';

/** All pages, under a policy that frames the plugin's screens and nothing else. */
export function addPages(app: App, host: Host, jobs: BridgeJobs, mount: Mount): void {
  const policy = [
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'",
    `frame-src ${new URL(mount.serviceUrl).origin}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  ].join('; ');
  app.use(async (c, next) => {
    await next();
    const headers = {
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    };
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });
  app.get('/assets/host.css', (c) => c.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }));
  addShopPages(app, host);
  addAccountPages(app, host);
  addAdminPages(app, host, jobs);
  addResellerPages(app, host, mount);
}
