import { api } from '#lib/api/client.ts';
import type { HostClient } from '#lib/api/contract.ts';
import type { Choice } from '#lib/components/combobox.ts';
import { t } from '#lib/messages/index.svelte.ts';

const found = new Map<string, HostClient>();

/** A client the last searches brought up. */
export const clientOf = (id: string): HostClient | undefined => found.get(id);

/** Clients of the host, with a reason on those that cannot become a reseller now. */
export async function searchClients(search: string): Promise<Choice[]> {
  const { rows } = await api().hostClients.search.query({ search });
  for (const row of rows) found.set(row.id, row);
  return rows.map((row) => ({
    id: row.id,
    title: row.company || row.name,
    sub: `${row.name} · ${row.email}`,
    disabled: row.resellerId !== null || row.status !== 'active',
    note:
      row.resellerId !== null ? t('client.already') : row.status === 'active' ? `#${row.id}` : t('client.notActive'),
  }));
}
