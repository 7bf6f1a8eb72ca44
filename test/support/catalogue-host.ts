import type { CallResponse, HostPort } from '../../hooks/contract/index.ts';
import { HostError } from '../../hooks/contract/index.ts';

type CatalogueAnswer = CallResponse<'catalogue.read'>;

/** A catalogue of `size` products with one term and one option each; prices can be changed. */
export function makeCatalogue(size: number): CatalogueAnswer {
  return {
    catalogue: {
      format: 'catalogue/1',
      catalogueTax: 'net',
      setupPerQuantity: false,
      currencies: [{ code: 'USD', digits: 2 }],
      products: Array.from({ length: size }, (_, index) => ({
        id: `product-${index}`,
        group: `group-${index % 7}`,
        offered: true,
        components: [
          {
            id: 'base',
            kind: 'base',
            prices: [
              { term: '1M', currency: 'USD', price: `${10 + index}.00`, setup: null, priceCost: null, setupCost: null },
            ],
          },
          {
            id: 'ip',
            kind: 'option',
            option: { id: 'ip', type: 'quantity', min: 0, max: 8 },
            prices: [{ term: '1M', currency: 'USD', price: '1.25', setup: null, priceCost: null, setupCost: null }],
          },
        ],
      })),
    },
    display: { groups: [], products: [] },
  };
}

/** A host that has a catalogue and client accounts and nothing else: enough to compile prices. */
export function catalogueHost(answer: { current: CatalogueAnswer }): HostPort {
  const parts: Partial<HostPort> = {
    describe: async () => ({
      kind: 'test',
      name: 'Test',
      version: '1',
      contract: '1.0',
      capabilities: [],
      zone: 'UTC',
      currency: 'USD',
      urls: { client: '/', invoice: '/', order: '/', service: '/' },
    }),
    'catalogue.read': async () => structuredClone(answer.current),
    'clients.list': async ({ ids }) => ({
      clients: (ids ?? []).map((id) => ({
        id,
        status: 'active' as const,
        name: id,
        company: null,
        email: `${id}@example.org`,
        country: null,
        currency: 'USD',
        createdAt: '2026-01-01T00:00:00Z',
      })),
      cursor: null,
    }),
    'orders.list': async () => ({ orders: [], cursor: null }),
    'services.list': async () => ({ services: [], cursor: null }),
    'invoices.list': async () => ({ invoices: [], cursor: null }),
  };
  return new Proxy(parts as HostPort, {
    get: (target, name: keyof HostPort) =>
      target[name] ?? (async () => Promise.reject(new HostError('not_supported', `No ${name} here`))),
  });
}
