import type { ServiceContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { importCustomer } from '../customer/import.ts';
import { createReseller } from '../reseller/create.ts';
import { findByHostClient } from '../reseller/find-by-host-client.ts';
import { type PlannedRow, planImport } from './plan.ts';
import { totalsOf } from './preview.ts';
import { readRows } from './read-rows.ts';
import { importInput } from './schemas.ts';
import { discountBpOf } from './terms.ts';

/**
 * Makes clients of the host resellers and customers. With a fault in any row nothing is written. Resellers come first,
 * each in a transaction of its own with its services locked; run again after an interruption, it goes on with what is
 * missing: rows are told apart by their host client.
 * @throws bad_input, host_unreachable
 */
export const runImport = verb({
  procedure: 'resellers.import',
  permission: 'resellers:write',
  mode: 'steps',
  input: importInput,
  run: async (ctx, input) => {
    const planned = await planImport(ctx, readRows(input));
    const totals = totalsOf(planned);
    const written = totals.error === 0;
    if (written) {
      const waiting = planned.filter(({ action }) => action === 'create');
      for (const one of waiting) if (one.row?.as === 'reseller') await importReseller(ctx, one);
      for (const one of waiting) if (one.row?.as === 'customer') await importCustomerOf(ctx, one);
    }
    const rows = planned.map(({ line, row, client, action, errors }) => ({
      line,
      as: row?.as ?? null,
      clientId: client?.id ?? null,
      action,
      errors,
    }));
    return { written, rows, totals };
  },
});

async function importReseller(ctx: ServiceContext, { row, client }: PlannedRow): Promise<void> {
  if (!row || !client) return;
  await createReseller(ctx, {
    hostClientId: client.id,
    company: row.company ?? (client.company || client.name),
    tierId: row.tier ?? undefined,
    ownDiscountBp: discountBpOf(row),
    moveToWholesale: row.move_to_wholesale,
  });
}

async function importCustomerOf(ctx: ServiceContext, { row, client, resellerClientId }: PlannedRow): Promise<void> {
  if (!row || !client || resellerClientId === null) return;
  await ctx.em.fork().transactional(async (em) => {
    const reseller = await findByHostClient(em, resellerClientId);
    if (reseller) importCustomer({ ...ctx, em }, reseller.id, { ...client, company: row.company ?? client.company });
  });
}
