import type { HostInvoice, HostOrder, HostPort, HostService } from '../../../hooks/contract/index.ts';

/** Everything the host holds of some client accounts. */
export interface HostReport {
  orders: HostOrder[];
  services: HostService[];
  invoices: HostInvoice[];
}

const PAGE = 500;

/** Reads all pages. @throws HostError */
export async function readHost(host: HostPort, clientIds: string[]): Promise<HostReport> {
  return {
    orders: await all(async (cursor) => {
      const answer = await host['orders.list']({ clientIds, limit: PAGE, ...cursor });
      return [answer.orders, answer.cursor];
    }),
    services: await all(async (cursor) => {
      const answer = await host['services.list']({ clientIds, limit: PAGE, ...cursor });
      return [answer.services, answer.cursor];
    }),
    invoices: await all(async (cursor) => {
      const answer = await host['invoices.list']({ clientIds, limit: PAGE, ...cursor });
      return [answer.invoices, answer.cursor];
    }),
  };
}

async function all<T>(read: (page: { cursor?: string }) => Promise<[T[], string | null]>): Promise<T[]> {
  const rows: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const [page, next]: [T[], string | null] = await read(cursor === '' ? {} : { cursor });
    rows.push(...page);
    cursor = next;
  }
  return rows;
}
