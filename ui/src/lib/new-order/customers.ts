import { api } from '#lib/api/client.ts';
import type { CustomerRow } from '#lib/api/contract.ts';
import type { Choice } from '#lib/components/combobox.ts';
import { t } from '#lib/messages/index.svelte.ts';
import type { Buyer } from './draft.svelte.ts';

const found = new Map<string, Buyer>();

export const toBuyer = (row: Pick<CustomerRow, 'id' | 'name' | 'company' | 'email'>): Buyer => ({
  id: row.id,
  name: row.company || row.name,
  email: row.email,
});

/** A customer the last searches brought up. */
export const buyerOf = (id: string): Buyer | null => found.get(id) ?? null;

/** The reseller's own customers, the recent ones first. */
export async function searchCustomers(search: string): Promise<Choice[]> {
  const { rows } = await api().customers.list.query({ search: search || undefined, limit: 8 });
  for (const row of rows) found.set(row.id, toBuyer(row));
  return rows.map((row) => ({
    id: row.id,
    title: row.company || row.name,
    sub: row.company ? `${row.name} · ${row.email}` : row.email,
    note: t('customer.orders', { count: row.orders }),
  }));
}
