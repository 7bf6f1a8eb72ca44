import { readFileSync } from 'node:fs';
import type { InstallationKeys, Key } from '../../transport/keys.ts';
import { mintSessionToken, SESSION_TOKEN_SECONDS } from '../../transport/session-token.ts';
import { isStaff, staff, user, type App } from './http.ts';
import { refuse, ZONE, type Host } from './kit.ts';
import { markup, page } from './layout.ts';

const PLUGIN = 'com.reseller-plugin';
/** What the plugin was granted when it was installed, for staff and for clients. */
const scopes = {
  admin:
    `network:read resellers:read resellers:write applications:read applications:review customers:read customers:write
    orders:read services:read billing:read keys:manage webhooks:manage prices:read prices:write prices:publish tiers:read tiers:write
    problems:read problems:repair activity:read activity:export settings:read settings:write`.split(/\s+/),
  client: `customers:read customers:write orders:read orders:write services:read prices:read selling:write tiers:read
    billing:read keys:manage webhooks:manage activity:read profile:read profile:write applications:apply`.split(/\s+/),
};
export const provider = { name: 'Sandbox Hosting', zone: ZONE, currency: 'USD' };
/** What screens know of this host; addresses as templates, where each kind of visitor finds them. */
export const contexts = {
  admin: {
    clientUrl: '/admin/clients/{id}',
    orderUrl: '/admin/orders/{id}',
    invoiceUrl: '/portal/invoices/{id}',
    screenUrl: '/admin/reseller{path}',
  },
  client: { orderUrl: '/portal/orders', invoiceUrl: '/portal/invoices/{id}', screenUrl: '/portal/reseller{path}' },
};

type Mount = { keys: InstallationKeys; serviceUrl: string; publicUrl: string | undefined };

/** Where the plugin's screens stand inside the host's own: two pages, the frame's script, and the tokens it asks for. */
export function addResellerPages(app: App, host: Host, { keys, serviceUrl, publicUrl }: Mount): void {
  const areas = { admin: 'admin', client: 'portal' };
  for (const [portal, area] of Object.entries(areas)) {
    const urls = contexts[portal as keyof typeof contexts];
    const context = JSON.stringify({ host: { name: provider.name, ...urls }, provider, nav: 'frame' });
    const base = `/${area}/reseller`;
    app.on('GET', [base, `${base}/*`], (c) => {
      if (portal === 'admin') staff(c);
      else user(c);
      const inner = `${c.req.path.slice(base.length) || '/'}${new URL(c.req.url).search}`;
      const body = markup`<div data-reseller-frame data-src="${serviceUrl}/ui/${area}/" data-portal="${portal}"
        data-path="${inner}" data-route-base="${base}" data-token-url="/reseller/token" data-context="${context}"></div>
        <script type="module" src="/assets/reseller-frame.js"></script>`;
      return page(c, 'Reseller', body);
    });
  }
  app.get('/assets/reseller-frame.js', (c) => {
    const script = readFileSync(new URL('../../frame/mount.js', import.meta.url), 'utf8');
    return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' });
  });
  app.post('/reseller/token', async (c) => {
    const { id, name } = user(c);
    const portal = isStaff(c) ? 'admin' : 'client';
    if (c.get('body')['portal'] !== portal) refuse('forbidden', 'This area is not yours.');
    const sid = c.get('session')?.hash ?? '';
    const who = {
      sub: `${portal}:${id}`,
      portal,
      account: isStaff(c) ? null : id,
      sid,
      ...(isStaff(c) && { name }),
    } as const;
    const issuer = { iss: publicUrl ?? new URL(c.req.url).origin, aud: PLUGIN, iid: keys.installation };
    const nowMs = host.realNow();
    const token = await mintSessionToken(keys.session[0] as Key, { ...issuer, ...who, scopes: scopes[portal] }, nowMs);
    return c.json({ token, expiresAt: new Date(nowMs + SESSION_TOKEN_SECONDS * 1000).toISOString() });
  });
}
