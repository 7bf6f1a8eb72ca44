import type { HostClient } from '../../../hooks/contract/index.ts';
import type { ServiceContext } from '../../context.ts';
import { Customer } from '../customer/entity.ts';
import { Reseller } from '../reseller/entity.ts';
import { Tier } from '../tier/entity.ts';
import { findClients } from './find-clients.ts';
import type { ImportRow, ReadRow, RowError } from './schemas.ts';

/** What would become of a row. */
export interface PlannedRow {
  line: number;
  row: ImportRow | null;
  client: HostClient | null;
  /** Host client of the reseller of a customer. */
  resellerClientId: string | null;
  /** exists: nothing is left to do, it was imported before. */
  action: 'create' | 'exists' | 'error';
  errors: RowError[];
}

/** Looks up everything that rows name, and says what would become of each. Writes nothing. @throws HostError */
export async function planImport(ctx: ServiceContext, read: ReadRow[]): Promise<PlannedRow[]> {
  const names = read.flatMap(({ row }) => (row ? [row.client, ...(row.reseller ? [row.reseller] : [])] : []));
  const clients = await findClients(ctx.host, names);
  const known = await loadKnown(ctx, clients);
  const becoming = new Set(
    read.flatMap(({ row }) => (row?.as === 'reseller' ? [clients.get(row.client)?.id ?? ''] : [])),
  );
  const seen = new Map<string, number>();
  return read.map(({ line, row, errors }) => {
    const client = (row && clients.get(row.client)) ?? null;
    const resellerClientId = (row?.reseller && clients.get(row.reseller)?.id) || null;
    const planned = { line, row, client, resellerClientId };
    if (!row) return { ...planned, action: 'error', errors };
    const found = client ? faultsOf({ row, client, resellerClientId }, known, becoming) : [missing(row)];
    if (client) {
      const before = seen.get(client.id);
      if (before !== undefined)
        found.push({ column: 'client', message: `this client stands in line ${before} already` });
      seen.set(client.id, before ?? line);
    }
    if (found.length > 0) return { ...planned, action: 'error', errors: found };
    return { ...planned, action: isThere(row, client!, known) ? 'exists' : 'create', errors: [] };
  });
}

interface Known {
  resellers: Map<string, string>;
  customers: Map<string, string>;
  /** Reseller id and e-mail of customers that no host client stands behind. */
  emails: Set<string>;
  tiers: Set<string>;
}

async function loadKnown({ em: outer }: ServiceContext, clients: Map<string, HostClient>): Promise<Known> {
  const em = outer.fork();
  const ids = [...clients.values()].map(({ id }) => id);
  const resellers = await em.find(Reseller, { hostClientId: { $in: ids } });
  const customers = await em.find(Customer, { hostClientId: { $in: ids } });
  const others = await em.find(
    Customer,
    { resellerId: { $in: resellers.map(({ id }) => id) }, hostClientId: null },
    { fields: ['resellerId', 'email'] },
  );
  return {
    resellers: new Map(resellers.map(({ hostClientId, id }) => [hostClientId, id])),
    customers: new Map(customers.map(({ hostClientId, resellerId }) => [hostClientId ?? '', resellerId])),
    emails: new Set(others.map(({ resellerId, email }) => `${resellerId} ${email.toLowerCase()}`)),
    tiers: new Set((await em.find(Tier, {})).map(({ id }) => id)),
  };
}

function isThere({ as }: ImportRow, { id }: HostClient, { resellers, customers }: Known): boolean {
  return as === 'reseller' ? resellers.has(id) : customers.has(id);
}

function missing({ client }: ImportRow): RowError {
  return { column: 'client', message: `the host has no client "${client}"` };
}

type Named = { row: ImportRow; client: HostClient; resellerClientId: string | null };

function faultsOf({ row, client, resellerClientId }: Named, known: Known, becoming: Set<string>): RowError[] {
  const faults: RowError[] = [];
  const add = (column: string, message: string) => void faults.push({ column, message });
  if (client.status === 'closed') add('client', 'this client account is closed in the host');
  if (row.as === 'reseller') {
    if (row.tier !== null && !known.tiers.has(row.tier)) {
      add('tier', `there is no tier "${row.tier}": choose ${[...known.tiers].join(', ')}`);
    }
    if (row.reseller !== null) add('reseller', 'leave this empty: a reseller has no reseller');
    if (known.customers.has(client.id)) add('client', 'this client is the customer of a reseller');
    return faults;
  }
  if (row.tier !== null) add('tier', 'leave this empty: a tier belongs to a reseller');
  if (row.discount !== null) add('discount', 'leave this empty: a discount belongs to a reseller');
  if (row.move_to_wholesale) add('move_to_wholesale', 'services of a customer stay billed to the client itself');
  if (known.resellers.has(client.id) || becoming.has(client.id)) add('client', 'this client is a reseller');
  if (row.reseller === null) add('reseller', 'enter the reseller of this customer');
  else if (resellerClientId === null) add('reseller', `the host has no client "${row.reseller}"`);
  else if (!known.resellers.has(resellerClientId) && !becoming.has(resellerClientId)) {
    add('reseller', 'this client is no reseller: import it as one in the same file');
  }
  const owner = known.customers.get(client.id);
  const wanted = known.resellers.get(resellerClientId ?? '');
  if (owner !== undefined && owner !== wanted) add('client', 'this client is the customer of another reseller');
  if (owner === undefined && wanted !== undefined && known.emails.has(`${wanted} ${client.email.toLowerCase()}`)) {
    add('client', `the reseller has a customer with the e-mail address ${client.email} already`);
  }
  return faults;
}
