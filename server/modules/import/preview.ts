import { verb } from '../../verb.ts';
import { planImport } from './plan.ts';
import { readRows } from './read-rows.ts';
import { importInput } from './schemas.ts';
import { showRows } from './show.ts';

/**
 * What an import would do, row by row: whom it makes a reseller or customer, which services come along and what they
 * renew at, and what is wrong, with the line. Writes nothing.
 * @throws bad_input when it is no CSV of the known columns, host_unreachable
 */
export const previewImport = verb({
  procedure: 'resellers.importPreview',
  permission: 'resellers:write',
  mode: 'steps',
  input: importInput,
  run: async (ctx, input) => {
    const rows = await showRows(ctx, await planImport(ctx, readRows(input)));
    return { rows, totals: totalsOf(rows) };
  },
});

/** How many rows end how. */
export function totalsOf(rows: { action: 'create' | 'exists' | 'error' }[]) {
  const count = (action: string) => rows.filter((row) => row.action === action).length;
  return { create: count('create'), exists: count('exists'), error: count('error') };
}
