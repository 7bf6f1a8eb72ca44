import type { HostInvoice, HostOrder, HostPort, HostService } from '../../../hooks/contract/index.ts';

/** Everything the host holds of some client accounts. */
export interface HostReport {
  orders: HostOrder[];
  services: HostService[];
  invoices: HostInvoice[];
}

/** The lists, in the order in which they are read. */
export const parts = ['orders', 'services', 'invoices'] as const;
export type Part = (typeof parts)[number];

const PAGE = 500;

/** One page of one of the lists. @param cursor empty text for the first page @throws HostError */
export async function readPage(
  host: HostPort,
  part: Part,
  clientIds: string[],
  cursor: string,
): Promise<{ entries: HostReport[Part]; cursor: string | null }> {
  const request = { clientIds, limit: PAGE, ...(cursor === '' ? {} : { cursor }) };
  switch (part) {
    case 'orders': {
      const answer = await host['orders.list'](request);
      return { entries: answer.orders, cursor: answer.cursor };
    }
    case 'services': {
      const answer = await host['services.list'](request);
      return { entries: answer.services, cursor: answer.cursor };
    }
    case 'invoices': {
      const answer = await host['invoices.list'](request);
      return { entries: answer.invoices, cursor: answer.cursor };
    }
  }
}

/** All services of these clients. @throws HostError */
export async function readServices(host: HostPort, clientIds: string[]): Promise<HostService[]> {
  const services: HostService[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(host, 'services', clientIds, cursor);
    services.push(...(page.entries as HostService[]));
    cursor = page.cursor;
  }
  return services;
}

/** Reads all pages. @throws HostError */
export async function readHost(host: HostPort, clientIds: string[]): Promise<HostReport> {
  const report = { orders: [], services: [], invoices: [] } as Record<Part, unknown[]>;
  for (const part of parts) {
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(host, part, clientIds, cursor);
      report[part].push(...page.entries);
      cursor = page.cursor;
    }
  }
  return report as unknown as HostReport;
}
