import type { Permission } from './permissions.ts';

interface Surface {
  id: string;
  portal: 'admin' | 'client';
  /** Place in the host where it is mounted. */
  mount: string;
  target: 'page' | 'panel' | 'popup';
  /** Below the service: the build, then the route inside the frame. */
  path: string;
  label: Record<string, string>;
  scopes: readonly Permission[];
  minHeight: number;
}

/** Every screen a host can mount, with what its menu entry says. */
export const surfaces: readonly Surface[] = [
  {
    id: 'admin.resellers',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/resellers',
    label: { en: 'Resellers', de: 'Reseller' },
    scopes: ['resellers:read'],
    minHeight: 480,
  },
  {
    id: 'admin.overview',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin',
    label: { en: 'Overview', de: 'Überblick' },
    scopes: ['network:read'],
    minHeight: 480,
  },
  {
    id: 'admin.activity',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/activity',
    label: { en: 'Activity', de: 'Protokoll' },
    scopes: ['activity:read'],
    minHeight: 480,
  },
  {
    id: 'admin.pricing',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/pricing',
    label: { en: 'Pricing', de: 'Preise' },
    scopes: ['prices:write'],
    minHeight: 480,
  },
  {
    id: 'admin.settings',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/settings',
    label: { en: 'Settings', de: 'Einstellungen' },
    scopes: ['settings:read'],
    minHeight: 480,
  },
  {
    id: 'portal.new-order',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/orders/new',
    label: { en: 'New order', de: 'Neue Bestellung' },
    scopes: ['orders:write'],
    minHeight: 480,
  },
  {
    id: 'portal.orders',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/orders',
    label: { en: 'Orders', de: 'Bestellungen' },
    scopes: ['orders:read'],
    minHeight: 480,
  },
];
