import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { importInput, planCustomers, showPlanned, totalsOf } from './import-rows.ts';

/** What an import of customers would do, row by row, with what is wrong and where. Writes nothing. @throws bad_input */
export const previewCustomerImport = verb({
  procedure: 'customers.importPreview',
  permission: 'customers:write',
  mode: 'read',
  input: importInput,
  run: async (ctx, { csv }) => {
    const planned = await planCustomers(ctx, actingReseller(ctx), csv);
    return { rows: showPlanned(planned), totals: totalsOf(planned) };
  },
});
