import { z } from 'zod';
import type { FossbillingHost } from './host.ts';
import type { OrderRow } from './order-row.ts';
import { readAddons, withNote, type NotedRow } from './order-rows.ts';

const settings = z.looseObject({ show_addons: z.union([z.boolean(), z.number(), z.string()]).nullish() });
/** The setting changes with a click of staff, hardly ever. */
const KEPT_MS = 600_000;

/**
 * Whether the host's lists hold add-on rows, by the setting "show add-ons" of its order module. A token without the right
 * to read it means no.
 */
export function createAddonSetting(now: () => number = Date.now) {
  let kept: { at: number; shown: boolean } | null = null;
  return async function addonsShown({ api }: FossbillingHost): Promise<boolean> {
    if (kept && now() - kept.at < KEPT_MS) return kept.shown;
    const answer = await api
      .call('extension/config_get', { ext: 'mod_order' }, settings, { purpose: 'list' })
      .catch(() => null);
    kept = { at: now(), shown: Boolean(answer?.show_addons) && answer?.show_addons !== '0' };
    return kept.shown;
  };
}

/** Rows in a page where each may cost a call: a page must fit into what the budget gives in an hour. */
const ROWS_WITH_CALLS = 100;

/** How many rows a page may have, at most as many as were asked for. */
export async function rowsPerPage(host: FossbillingHost, limit = 100): Promise<number> {
  return (await host.addonsShown(host)) ? limit : Math.min(limit, ROWS_WITH_CALLS);
}

export type AddonSetting = ReturnType<typeof createAddonSetting>;

/**
 * Rows of a list with the add-ons of each, which the host may leave out: asked for where our note says that there are
 * some, and for every row that was not ordered through us. One call each, which the setting "show add-ons" saves.
 */
export async function withAddons(host: FossbillingHost, rows: readonly OrderRow[]): Promise<NotedRow[]> {
  host.rows.remember(rows);
  const listed = rows.map(withNote);
  if (await host.addonsShown(host)) return listed;
  const all: NotedRow[] = [];
  for (const noted of listed) {
    all.push(noted);
    if (!noted.row.group_master || noted.note?.place?.addons === 0) continue;
    const addons = await readAddons(host, noted.row.id, { purpose: 'list' });
    host.rows.remember([noted.row, ...addons]);
    all.push(...addons.map(withNote));
  }
  return all;
}
