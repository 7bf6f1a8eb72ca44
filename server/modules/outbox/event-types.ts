/** Groups of events that leave the service, by the part of their type before the full stop. */
export const eventGroups = [
  'application',
  'customer',
  'invoice',
  'key',
  'order',
  'price_change',
  'reseller',
  'service',
  'statement',
  'tier',
] as const;
export type EventGroup = (typeof eventGroups)[number];

/** What only the provider hears of. */
export const providerGroups: readonly EventGroup[] = ['application'];
