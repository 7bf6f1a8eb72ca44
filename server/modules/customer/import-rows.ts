import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import type { CsvLine } from '../../csv.ts';
import { readCsvFile } from '../../csv-file.ts';
import { Customer } from './entity.ts';
import { customerFields, type CustomerFields } from './schemas.ts';

const MAX_ROWS = 2000;

/** Columns of a customer in a file. */
export const importColumns = [
  'name',
  'company',
  'email',
  'external_reference',
  'phone',
  'country',
  'language',
  'note',
] as const;
/** What our own export adds; read over, so that an exported file can be edited and imported. */
export const exportOnlyColumns = [
  'id',
  'status',
  'since',
  'running_services',
  'services',
  'orders',
  'revenue',
  'outstanding',
] as const;

export const importInput = z.object({ csv: z.string().max(2 * 1024 * 1024, 'the file is larger than 2 MiB') });

/** What would become of a row: its customer is found by reference, else by e-mail address. */
export interface PlannedCustomer {
  line: number;
  action: 'create' | 'update' | 'same' | 'error';
  fields: Partial<CustomerFields>;
  customer: Customer | null;
  errors: { column: string; message: string }[];
}

/** Reads a file and says what would become of each row. Writes nothing. @throws bad_input when it is no such file */
export async function planCustomers(ctx: ServiceContext, resellerId: string, csv: string): Promise<PlannedCustomer[]> {
  const known = [...importColumns, ...exportOnlyColumns];
  const rows = readCsvFile(csv, { known, required: ['name', 'email'], maxRows: MAX_ROWS }).map(checked);
  const emails = rows.flatMap(({ fields }) => (fields.email ? [fields.email.toLowerCase()] : []));
  const references = rows.flatMap(({ fields }) => fields.externalReference ?? []);
  const found = await findNamed(ctx, resellerId, emails, references);
  const seen = new Map<string, number>();
  return rows.map(({ line, fields, errors }) => {
    const byReference = fields.externalReference ? found.byReference.get(fields.externalReference) : undefined;
    const byEmail = fields.email ? found.byEmail.get(fields.email.toLowerCase()) : undefined;
    const customer = byReference ?? byEmail ?? null;
    if (byReference && byEmail && byReference !== byEmail) {
      errors.push({ column: 'email', message: `your customer ${byEmail.name} has this e-mail address` });
    }
    const keys = [fields.email?.toLowerCase(), fields.externalReference && `ref ${fields.externalReference}`];
    for (const key of keys) {
      if (!key) continue;
      const before = seen.get(key);
      const column = key.startsWith('ref ') ? 'external_reference' : 'email';
      if (before !== undefined) errors.push({ column, message: `stands in line ${before} already` });
      seen.set(key, before ?? line);
    }
    return { line, fields, customer, errors, action: actionOf(customer, fields, errors.length) };
  });
}

function actionOf(customer: Customer | null, fields: Partial<CustomerFields>, errors: number) {
  if (errors > 0) return 'error';
  if (!customer) return 'create';
  const isSame = Object.entries(fields).every(
    ([name, value]) => (customer[name as keyof CustomerFields] ?? null) === value,
  );
  return isSame ? 'same' : 'update';
}

/** Only columns that the file has are fields: a file without phone numbers takes none away. */
function checked({ line, fields: cells }: CsvLine): Pick<PlannedCustomer, 'line' | 'fields' | 'errors'> {
  const given = Object.fromEntries(
    importColumns.filter((column) => column in cells).map((column) => [fieldOf(column), cells[column]]),
  );
  const parsed = customerFields.safeParse(given);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ column: columnOf(String(path[0])), message }));
    return { line, fields: {}, errors };
  }
  const fields = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => name in given));
  return { line, fields, errors: [] };
}

const fieldOf = (column: string) => (column === 'external_reference' ? 'externalReference' : column);
const columnOf = (field: string) => (field === 'externalReference' ? 'external_reference' : field);

async function findNamed({ em }: ServiceContext, resellerId: string, emails: string[], references: string[]) {
  const ids = await em.execute<{ id: string }[]>(
    'select id from customer where reseller_id = ? and (lower(email) in (?) or external_reference in (?))',
    // A list in SQL has at least one entry; no customer has the empty one.
    [resellerId, [...emails, ''], [...references, '']],
  );
  const customers = await em.find(Customer, { id: { $in: ids.map(({ id }) => id) } });
  return {
    byEmail: new Map(customers.map((customer) => [customer.email.toLowerCase(), customer])),
    byReference: new Map(
      customers.flatMap((customer) => (customer.externalReference ? [[customer.externalReference, customer]] : [])),
    ),
  };
}

/** How many rows end how. */
export function totalsOf(planned: Pick<PlannedCustomer, 'action'>[]) {
  const count = (action: PlannedCustomer['action']) => planned.filter((row) => row.action === action).length;
  return { create: count('create'), update: count('update'), same: count('same'), error: count('error') };
}

/** Planned rows as a screen shows them. */
export function showPlanned(planned: PlannedCustomer[]) {
  return planned.map(({ line, action, fields, customer, errors }) => ({
    line,
    action,
    name: fields.name ?? null,
    email: fields.email ?? null,
    customerId: customer?.id ?? null,
    errors,
  }));
}
