import type { ResellerQuestion, ResellerStatus, Standing } from '#lib/api/contract.ts';

/** The filters of the list that stand in the address, besides the view and the search. */
export const FILTERS = ['tier', 'standing', 'status', 'api', 'overdue', 'book'] as const;

type Filter = Pick<
  ResellerQuestion,
  'search' | 'status' | 'tierId' | 'standing' | 'apiEnabled' | 'overdueDays' | 'hasPriceBook' | 'since' | 'falling'
>;

/** A quarter less than in the 30 days before counts as falling (screens.md A3). */
const FALLING_BP = 2500;

/** What the address asks the service for. A view narrows what the filters leave. */
export function filterOf(read: (name: string) => string, currency: string, now: Date): Filter {
  const yesNo = (name: string): boolean | undefined => (read(name) === '' ? undefined : read(name) === 'yes');
  const view = read('view');
  const filter: Filter = {
    search: read('q') || undefined,
    status: (read('status') || undefined) as ResellerStatus | undefined,
    tierId: read('tier') || undefined,
    standing: (read('standing') || undefined) as Standing | undefined,
    apiEnabled: yesNo('api'),
    hasPriceBook: yesNo('book'),
    overdueDays: read('overdue') === '' ? undefined : Number(read('overdue')),
  };
  if (view === 'active' || view === 'suspended') filter.status = view;
  if (view === 'overdue') filter.overdueDays ??= 0;
  if (view === 'falling') filter.falling = { currency, bp: FALLING_BP };
  if (view === 'new') filter.since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)).toISOString();
  return filter;
}
