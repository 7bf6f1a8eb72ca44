import { readFileSync } from 'node:fs';
import type { InstallationKeys } from '../../transport/keys.ts';
import { mintSessionToken, SESSION_TOKEN_SECONDS } from '../../transport/session-token.ts';
import { input, staff, user, type App, type Ctx } from './http.ts';
import { Refusal, ZONE, type Host } from './kit.ts';
import { markup, page } from './layout.ts';

const PLUGIN = 'com.reseller-plugin';
const names = (text: string) => text.split(' ');
/** What the plugin was granted when it was installed; a client gets only the second list. */
const adminScopes = names(
  'network:read resellers:read resellers:write applications:read applications:review orders:read prices:read prices:write ' +
    'prices:publish tiers:read tiers:write problems:read problems:repair activity:read activity:export settings:read settings:write',
);
const clientScopes = names(
  'customers:read customers:write orders:read orders:write services:read prices:read billing:read keys:manage webhooks:manage ' +
    'activity:read profile:read profile:write',
);

export type Mount = { keys: InstallationKeys; serviceUrl: string; publicUrl?: string | undefined };

/** Where the plugin's screens stand inside the host's own: two pages, the frame's script, and the tokens it asks for. */
export function addResellerPages(app: App, host: Host, { keys, serviceUrl, publicUrl }: Mount): void {
  const portals = { admin: { path: 'admin', check: staff }, client: { path: 'portal', check: user } };
  for (const [portal, { path, check }] of Object.entries(portals)) {
    const base = `/${path}/reseller`;
    const show = (c: Ctx) => {
      check(c);
      const provider = { name: 'Sandbox Hosting', zone: ZONE, currency: 'USD' };
      const context = JSON.stringify({ host: { name: provider.name }, provider, nav: 'frame' });
      const inner = `${c.req.path.slice(base.length) || '/'}${new URL(c.req.url).search}`;
      return page(
        c,
        'Reseller',
        markup`<div data-reseller-frame data-src="${serviceUrl}/ui/${path}/" data-portal="${portal}" data-path="${inner}" data-route-base="${base}"
          data-token-url="/reseller/token" data-context="${context}"></div><script type="module" src="/assets/reseller-frame.js"></script>`,
      );
    };
    app.get(base, show);
    app.get(`${base}/*`, show);
  }
  app.get('/assets/reseller-frame.js', (c) => {
    const script = readFileSync(new URL('../../frame/mount.js', import.meta.url), 'utf8');
    return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' });
  });

  app.post('/reseller/token', async (c) => {
    const { id, role } = user(c);
    const portal = input(c).one('portal', ['admin', 'client']);
    if (portal !== (role === 'staff' ? 'admin' : 'client')) throw new Refusal('forbidden', 'This area is not yours.');
    const [key] = keys.session;
    if (!key) throw new Refusal('internal', 'There is no key for sessions.');
    const claims = {
      iss: publicUrl ?? new URL(c.req.url).origin,
      aud: PLUGIN,
      iid: keys.installation,
      sub: `${portal}:${id}`,
      portal,
      scopes: portal === 'admin' ? adminScopes : clientScopes,
      account: portal === 'admin' ? null : id,
      sid: c.get('session')?.hash ?? '',
    };
    const nowMs = host.realNow();
    const token = await mintSessionToken(key, claims, nowMs);
    return c.json({ token, expiresAt: new Date(nowMs + SESSION_TOKEN_SECONDS * 1000).toISOString() });
  });
}
