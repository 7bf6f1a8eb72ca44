import { api } from '#lib/api/client.ts';
import type { Choice } from '#lib/components/combobox.ts';

/** Products and groups for a rule to be on: `product:vps-s`, `group:vps`. */
export const searchTargets =
  (currency: string, groups: boolean) =>
  async (text: string): Promise<Choice[]> => {
    const found = await api().prices.explore.query({ currency, search: text || undefined, limit: 20 });
    const wanted = text.toLowerCase();
    return [
      ...(groups ? found.groups.filter(({ title }) => title.toLowerCase().includes(wanted)) : []).map((group) => ({
        id: `group:${group.id}`,
        title: group.title,
        sub: group.id,
      })),
      ...found.rows.map((row) => ({ id: `product:${row.product}`, title: row.title, sub: row.product })),
    ];
  };
