import { z } from 'zod';
import { HostError } from '../../contract/index.ts';
import type { FossbillingApi } from './api-client.ts';

/**
 * Calls by which a right shows. Those that write name an object that cannot exist: FOSSBilling 0.8.5 looks at rights
 * first and then answers "not found", so nothing is ever changed (run against a scoped and a narrower staff member).
 */
const needed: Record<string, [method: string, params: object]> = {
  'see orders': ['order/get_list', { per_page: 1 }],
  'manage orders': ['order/update', { id: 0 }],
  'see invoices': ['invoice/get_list', { per_page: 1 }],
  'manage invoices': ['invoice/update', { id: 0 }],
  'see clients': ['client/get_list', { per_page: 1 }],
  'manage balances': ['client/balance_get_list', { per_page: 1 }],
  'see products': ['product/get_list', { per_page: 1 }],
  'see currencies': ['currency/get_list', { per_page: 1 }],
  'see tickets': ['support/ticket_get_list', { per_page: 1 }],
  'manage tickets': ['support/note_create', { ticket_id: 0, note: 'x' }],
};

const unneeded: Record<string, [method: string, params: object]> = {
  'see staff accounts': ['staff/get_list', { per_page: 1 }],
  'read system settings': ['system/get_params', {}],
  'see extensions': ['extension/get_list', {}],
  'see mail templates': ['email/template_get_list', { per_page: 1 }],
  'see payment gateways with their keys': ['invoice/gateway_get_list', { per_page: 1 }],
  'edit client profiles': ['client/update', { id: 0 }],
  'manage products': ['product/update', { id: 0 }],
};

/** What a staff token lacks, and what it could do beyond its work, in words. */
export interface Rights {
  missing: string[];
  excess: string[];
}

/** @throws HostError when the host cannot be asked, or does not know the token at all */
export async function probeRights(api: FossbillingApi): Promise<Rights> {
  const rights: Rights = { missing: [], excess: [] };
  for (const [name, probe] of Object.entries(needed)) if (!(await may(api, probe))) rights.missing.push(name);
  for (const [name, probe] of Object.entries(unneeded)) if (await may(api, probe)) rights.excess.push(name);
  return rights;
}

async function may(api: FossbillingApi, [method, params]: [string, object]): Promise<boolean> {
  try {
    await api.call(method, params, z.unknown());
    return true;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code === 'unauthorised') return false;
    // Refused for what was asked, not for who asked.
    if (error.code === 'refused') return true;
    throw error;
  }
}
