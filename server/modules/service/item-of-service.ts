import type { HostService, OrderItem } from '../../../hooks/contract/index.ts';

/** What one would order to have this service for its next term. */
export function itemOfService({ product, term, quantity, options, domain }: HostService): OrderItem {
  const item = { product, term, quantity, options };
  return product.startsWith('domain:') ? { ...item, action: 'renew', ...(domain ? { domain } : {}) } : item;
}
