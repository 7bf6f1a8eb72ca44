/** One call whose cost must not grow with the network. */
export interface LoadCall {
  procedure: string;
  /** Who asks: the provider's admin, or one reseller about its own. */
  as: 'admin' | 'reseller';
  kind: 'list' | 'dashboard';
  input: Record<string, unknown>;
  /** Words after the procedure where one is asked in several ways. */
  way?: string;
}

type Ways = Record<string, [way: string, input: Record<string, unknown>][] | Record<string, unknown>>;

/** As many rows as the smallest network can fill: both sizes answer equally much. */
const limit = 20;

const adminLists: Ways = {
  'resellers.list': [
    ['', { limit }],
    ['by revenue', { limit, sort: '-revenue' }],
    ['by the last 30 days', { limit, sort: '-recent' }],
    ['by change', { limit, sort: 'change' }],
    ['by outstanding', { limit, sort: '-outstanding' }],
    ['by services', { limit, sort: '-services' }],
    ['by last order', { limit, sort: '-lastOrder' }],
    ['of a tier', { limit, tierId: 'gold' }],
  ],
  'customers.list': { limit },
  'orders.list': { limit },
  'services.list': { limit },
  'invoices.list': { limit },
  'activity.list': { limit },
  'notices.list': { limit },
  'statements.list': { limit },
  'applications.list': { limit, view: 'all' },
  'tiers.standings': { limit },
  'tiers.decisions': { limit },
  'profileChanges.list': { limit },
  'problems.list': { limit },
  'tasks.list': { limit },
  'reconcile.list': { limit },
};
const ownLists: Ways = {
  'customers.list': [
    ['', { limit }],
    ['by revenue', { limit, sort: '-revenue' }],
  ],
  'orders.list': { limit },
  'services.list': { limit },
  'invoices.list': { limit },
  'activity.list': { limit },
  'notices.list': { limit },
  'statements.list': { limit },
  'drafts.list': { limit },
};
const adminDashboards: Ways = {
  'resellers.totals': {},
  'tiers.members': {},
  'network.overview': [
    ['30 days', {}],
    ['12 months', { range: '12m' }],
  ],
  'network.series': { range: '12m', interval: 'month', currency: 'USD' },
  'network.rankings': {},
  'network.distribution': {},
  'network.outstanding': {},
  'pulse.get': {},
};
const ownDashboards: Ways = {
  'revenue.overview': {},
  'revenue.series': { range: '12m', interval: 'month' },
  'revenue.byProduct': { range: '12m' },
  'revenue.byCustomer': { range: '12m', currency: 'USD', limit },
  'revenue.summary': {},
  'customers.totals': {},
  'orders.totals': {},
  'services.totals': {},
  'invoices.balance': {},
  'statements.current': {},
  'tiers.progress': {},
  'ownPrices.margins': {},
  'pulse.get': {},
};

const calls = (as: LoadCall['as'], kind: LoadCall['kind'], ways: Ways): LoadCall[] =>
  Object.entries(ways).flatMap(([procedure, asked]) =>
    Array.isArray(asked)
      ? asked.map(([way, input]) => ({ procedure, as, kind, input, ...(way ? { way } : {}) }))
      : [{ procedure, as, kind, input: asked }],
  );

export const loadCalls: readonly LoadCall[] = [
  ...calls('admin', 'list', adminLists),
  ...calls('reseller', 'list', ownLists),
  ...calls('admin', 'dashboard', adminDashboards),
  ...calls('reseller', 'dashboard', ownDashboards),
];
