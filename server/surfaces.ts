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
    id: 'admin.applications',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/applications',
    label: { en: 'Applications', de: 'Bewerbungen' },
    scopes: ['applications:read'],
    minHeight: 480,
  },
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
    id: 'admin.tiers',
    portal: 'admin',
    mount: 'menu',
    target: 'page',
    path: '/ui/admin/tiers',
    label: { en: 'Tiers', de: 'Stufen' },
    scopes: ['tiers:read'],
    minHeight: 480,
  },
  {
    id: 'portal.apply',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/apply',
    label: { en: 'Become a reseller', de: 'Reseller werden' },
    scopes: ['applications:apply'],
    minHeight: 480,
  },
  {
    id: 'portal.dashboard',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal',
    label: { en: 'Dashboard', de: 'Übersicht' },
    scopes: ['orders:read'],
    minHeight: 480,
  },
  {
    id: 'portal.customers',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/customers',
    label: { en: 'Customers', de: 'Kunden' },
    scopes: ['customers:read'],
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
  {
    id: 'portal.services',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/services',
    label: { en: 'Services', de: 'Leistungen' },
    scopes: ['services:read'],
    minHeight: 480,
  },
  {
    id: 'portal.prices',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/prices',
    label: { en: 'Price list', de: 'Preisliste' },
    scopes: ['prices:read'],
    minHeight: 480,
  },
  {
    id: 'portal.statements',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/statements',
    label: { en: 'Statements', de: 'Abrechnungen' },
    scopes: ['billing:read'],
    minHeight: 480,
  },
  {
    id: 'portal.company',
    portal: 'client',
    mount: 'menu',
    target: 'page',
    path: '/ui/portal/company',
    label: { en: 'Company', de: 'Firma' },
    scopes: ['profile:read'],
    minHeight: 480,
  },
];
