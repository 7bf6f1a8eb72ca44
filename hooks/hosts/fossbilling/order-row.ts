import { z } from 'zod';
import { parseTerm } from '../../prices/term.ts';
import {
  looseAmount,
  looseCount,
  looseFlag,
  looseId,
  looseIdOrNull,
  looseMap,
  looseMoment,
  looseText,
} from './loose.ts';

/**
 * One order of FOSSBilling: a single product or add-on, which is a service and an order line of the contract at once.
 * Rows that were ordered together share `group_id`; one of them is the master.
 */
export const orderRow = z.object({
  id: looseId,
  client_id: looseId,
  product_id: looseIdOrNull,
  group_id: looseIdOrNull,
  group_master: looseFlag,
  /** "issue-invoice" rows are renewed by cron, "no-invoice" rows are not. */
  invoice_option: looseText,
  title: looseText,
  currency: z.string(),
  unpaid_invoice_id: looseIdOrNull,
  service_type: looseText,
  period: looseText,
  quantity: looseCount,
  /** For one unit and term, in the order's currency. Drives the renewals of everything but domains. */
  price: looseAmount,
  status: z.string(),
  notes: looseText,
  config: looseMap,
  meta: looseMap,
  expires_at: looseMoment,
  activated_at: looseMoment,
  created_at: looseMoment,
  updated_at: looseMoment,
});
export type OrderRow = z.infer<typeof orderRow>;

/** True for a row whose renewals the host takes from the registrar's price table, not from the row. */
export function isDomainRow(row: OrderRow): boolean {
  return row.service_type === 'domain';
}

/** The contract's product of a row: domains are sold by top level domain. */
export function productOfRow(row: OrderRow): string {
  const tld = row.config['register_tld'] ?? row.config['transfer_tld'] ?? row.config['owndomain_tld'];
  if (isDomainRow(row) && typeof tld === 'string') return `domain:${tld}`;
  return row.product_id ?? 'none';
}

/** The domain or host name in a row's configuration, null when it has none. */
export function domainOfRow({ config }: OrderRow): string | null {
  for (const [name, tld] of [
    ['register_sld', 'register_tld'],
    ['transfer_sld', 'transfer_tld'],
    ['sld', 'tld'],
  ] as const) {
    if (typeof config[name] === 'string' && typeof config[tld] === 'string') return `${config[name]}${config[tld]}`;
  }
  return typeof config['hostname'] === 'string' ? config['hostname'] : null;
}

/** The billing term of a row; anything that is no period is charged once. */
export function termOfRow({ period }: OrderRow): string {
  return period !== null && parseTerm(period) ? period : 'once';
}
