import type { Simulation, Tier } from '#lib/api/contract.ts';
import { readMoney } from '#lib/format/money.ts';

/** A tier while it is edited: numbers as typed. Empty thresholds do not matter; an empty discount inherits. */
export interface TierForm {
  id: string;
  version: number;
  name: string;
  discountBp: number | null | undefined;
  revenue: string;
  services: string;
  orders: string;
  match: 'all' | 'any';
}
export type TierEntry = Simulation['tiers'][number];
export type TierField = 'name' | 'discountBp' | 'revenue' | 'services' | 'orders';

export const emptyTier = (): TierForm => ({
  id: '',
  version: 0,
  name: '',
  discountBp: null,
  revenue: '',
  services: '',
  orders: '',
  match: 'all',
});

export const formOf = (tier: Tier): TierForm => ({
  id: tier.id,
  version: tier.version,
  name: tier.name,
  discountBp: tier.discountBp,
  revenue: tier.minRevenue ?? '',
  services: tier.minServices === null ? '' : String(tier.minServices),
  orders: tier.minOrders === null ? '' : String(tier.minOrders),
  match: tier.match,
});

const isCount = (typed: string): boolean => /^[1-9]\d{0,8}$/.test(typed.trim());

/** Which fields cannot be read. */
export function wrongFields(form: TierForm, currency: string): TierField[] {
  const wrong: TierField[] = [];
  if (form.name.trim() === '') wrong.push('name');
  if (form.discountBp === undefined) wrong.push('discountBp');
  if (form.revenue.trim() !== '' && readMoney(form.revenue, currency) === null) wrong.push('revenue');
  if (form.services.trim() !== '' && !isCount(form.services)) wrong.push('services');
  if (form.orders.trim() !== '' && !isCount(form.orders)) wrong.push('orders');
  return wrong;
}

/** What the service is told; null while a field cannot be read. */
export function entryOf(form: TierForm, currency: string): TierEntry | null {
  if (wrongFields(form, currency).length > 0 || form.discountBp === undefined) return null;
  const count = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));
  return {
    id: form.id,
    name: form.name.trim(),
    discountBp: form.discountBp,
    minRevenue: form.revenue.trim() === '' ? null : readMoney(form.revenue, currency),
    minServices: count(form.services),
    minOrders: count(form.orders),
    match: form.match,
  };
}
