/**
 * What a bridge does inside the host's own requests: look-ups in its own tables, never a call over the network, so the
 * budget is for the look-up alone. `block`: without a valid price the order is refused, never sold at retail.
 */
export const syncHooks = [
  {
    event: 'price.display',
    budgetMs: 5,
    connectMs: 0,
    onFailure: 'host-price',
    stages: ['display'],
    scopes: ['prices:read'],
  },
  {
    event: 'order.price',
    budgetMs: 5,
    connectMs: 0,
    onFailure: 'block',
    stages: ['commit'],
    scopes: ['prices:read', 'orders:write'],
  },
  {
    event: 'invoice.check',
    budgetMs: 5,
    connectMs: 0,
    onFailure: 'snapshot',
    stages: ['commit'],
    scopes: ['prices:read'],
  },
] as const;
