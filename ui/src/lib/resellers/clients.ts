import { api } from '#lib/api/client.ts';
import type { HostClient } from '#lib/api/contract.ts';
import type { Choice } from '#lib/components/combobox.ts';
import { t } from '#lib/messages/index.svelte.ts';

const found = new Map<string, HostClient>();

/** A client the last searches brought up. */
export const clientOf = (id: string): HostClient | undefined => found.get(id);

/** Where a client is told of already: the reseller it is, or the application it waits with. */
export const pathOf = ({ resellerId, applicationId }: HostClient): string | null =>
  resellerId ? `/resellers/${resellerId}` : applicationId ? `/applications/${applicationId}` : null;

/** Clients of the host, with what they are already, or a reason why they cannot become a reseller now. */
export async function searchClients(search: string): Promise<Choice[]> {
  const { rows } = await api().hostClients.search.query({ search });
  for (const row of rows) found.set(row.id, row);
  return rows.map((row) => ({
    id: row.id,
    title: row.company || row.name,
    sub: `${row.name} · ${row.email}`,
    disabled: pathOf(row) === null && row.status !== 'active',
    note: row.resellerId
      ? t('client.already')
      : row.applicationId
        ? t('client.applied')
        : row.status === 'active'
          ? `#${row.id}`
          : t('client.notActive'),
  }));
}
