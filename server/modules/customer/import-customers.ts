import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';
import { actingReseller } from '../../tenant.ts';
import { verb } from '../../verb.ts';
import { record } from '../activity/record.ts';
import { Customer } from './entity.ts';
import { importInput, type PlannedCustomer, planCustomers, showPlanned, totalsOf } from './import-rows.ts';
import { customerEvent, snapshot } from './snapshot.ts';

/**
 * Adds and changes customers from a CSV, all rows or, with a fault in any of them, none. The same file again changes
 * nothing: rows are told apart by reference, else by e-mail address. @throws bad_input, duplicate
 */
export const importCustomers = verb({
  procedure: 'customers.import',
  permission: 'customers:write',
  mode: 'write',
  input: importInput,
  run: async (ctx, { csv }) => {
    const resellerId = actingReseller(ctx);
    const planned = await planCustomers(ctx, resellerId, csv);
    const totals = totalsOf(planned);
    const written = totals.error === 0;
    if (written) for (const row of planned) write(ctx, resellerId, row);
    await ctx.em.flush();
    return { written, rows: showPlanned(planned), totals };
  },
});

function write(ctx: ServiceContext, resellerId: string, row: PlannedCustomer): void {
  if (row.action === 'same') return;
  const before = row.customer && snapshot(row.customer);
  row.customer = row.customer
    ? ctx.em.assign(row.customer, row.fields)
    : ctx.em.create(Customer, {
        id: newId('cus'),
        resellerId,
        name: row.fields.name!,
        email: row.fields.email!,
        company: row.fields.company ?? null,
        externalReference: row.fields.externalReference ?? null,
        phone: row.fields.phone ?? null,
        country: row.fields.country ?? null,
        language: row.fields.language ?? null,
        note: row.fields.note ?? null,
        hostClientId: null,
        status: 'active',
        createdAt: ctx.now,
        version: 1,
      });
  record(ctx, {
    action: before ? 'customer.updated' : 'customer.created',
    subject: { type: 'customer', id: row.customer.id },
    resellerId,
    before: before ?? undefined,
    after: snapshot(row.customer),
    event: customerEvent(row.customer),
  });
}
