import { z } from 'zod';
import type { FossbillingApi } from '../../hosts/fossbilling/api-client.ts';
import type { OrderItem } from '../../contract/index.ts';
import type { ShopAnswer } from '../driver.ts';

const envelope = z.object({
  result: z.unknown(),
  error: z.object({ message: z.string() }).nullish(),
});

/** A buyer at the shop of a FOSSBilling, logged in with a session as in a browser: any of its calls, and a purchase. */
export async function logIn(baseUrl: string, email: string, password: string) {
  const cookies = new Map<string, string>();

  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  function keep(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
  }

  /** @throws Error with the host's words */
  async function call(path: string, params: object): Promise<unknown> {
    const token = cookies.get('csrf_token');
    const response = await fetch(`${baseUrl}/api/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookieHeader(),
        ...(token === undefined ? {} : { 'x-csrf-token': decodeURIComponent(token) }),
      },
      body: JSON.stringify(params),
    });
    keep(response);
    const { result, error } = envelope.parse(await response.json());
    if (error) throw new Error(error.message);
    return result;
  }

  await call('guest/client/login', { email, password });
  // The login begins another session; its token comes with the next page.
  keep(await fetch(`${baseUrl}/`, { headers: { cookie: cookieHeader() }, redirect: 'manual' }));

  async function buy(
    api: FossbillingApi,
    order: { currency: string; lines: OrderItem[]; coupon?: string },
    gateway: string,
  ): Promise<ShopAnswer> {
    try {
      await call('guest/cart/reset', {});
      await call('guest/cart/set_currency', { currency: order.currency });
      for (const { product, term, quantity } of order.lines) {
        await call('guest/cart/add_item', { id: product, period: term, quantity, multiple: 1 });
      }
      if (order.coupon !== undefined) await call('guest/cart/apply_promo', { promocode: order.coupon });
      const made = z
        .looseObject({ order_id: z.coerce.string() })
        .parse(await call('client/cart/checkout', { gateway_id: gateway }));
      const row = z.looseObject({ unpaid_invoice_id: z.coerce.string().nullish() });
      const { unpaid_invoice_id: invoiceId } = await api.call('order/get', { id: made.order_id }, row);
      return { sold: true, orderId: made.order_id, invoiceId: invoiceId ?? '' };
    } catch (error) {
      return { sold: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  return { call, buy };
}
