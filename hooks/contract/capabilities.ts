import { z } from 'zod';

/**
 * What a host can do beyond the smallest contract. Screens and API adapt to it; conformance skips what is absent.
 *
 * uniqueReferences: the host itself refuses or replays a second order with the same reference.
 * priceCheck: the bridge tells what its own look-up would charge.
 * recurringOnHost: the amount stored on the service drives its renewals.
 * differences: the bridge compares its locks with the host's rows by itself (differences.read).
 * registrants: the host registers a domain for the person that the order names, not for its own client.
 * notices: the host sends mails for the plugin (notices.send).
 */
export const capability = z.enum([
  'optionPrices',
  'addonProducts',
  'domains',
  'setupFees',
  'displayOverride',
  'nativeCheckout',
  'uniqueReferences',
  'refunds',
  'prorata',
  'upgrade',
  'accountCredit',
  'paymentMethods',
  'tickets',
  'income',
  'cancelOrder',
  'differences',
  'registrants',
  'notices',
  'priceCheck',
  'pushedPriceLists',
  'sso',
]);
export type Capability = z.infer<typeof capability>;
