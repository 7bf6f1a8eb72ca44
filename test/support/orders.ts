import type { ServiceContext } from '../../server/context.ts';
import { placeOrder } from '../../server/modules/order/place.ts';
import { createQuote } from '../../server/modules/quote/create.ts';

/** The order of the documents: VPS S with 8 GB and two extra IPs: at 20 % off 12.40 recurring and 17.40 due now. */
export const vpsLine = { product: 'vps-s', term: '1M', quantity: 1, options: { ram: '8g', ip: 2 } };
export const VPS_RECURRING = '12.40';
export const VPS_DUE = '17.40';

let orders = 0;

/** Orders VPS (or `lines`) at a fresh quote, as a screen would. */
export async function placeFor(
  ctx: ServiceContext,
  { customerId = null, lines = [vpsLine], ...extra }: Partial<Parameters<typeof placeOrder>[1]> = {},
) {
  const request = { currency: 'USD', lines };
  const { quote } = await createQuote(ctx, request);
  return placeOrder(ctx, { ...request, quote, customerId, idempotencyKey: `test-order-${(orders += 1)}`, ...extra });
}
