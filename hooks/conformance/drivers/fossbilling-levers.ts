import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FossbillingApi } from '../../hosts/fossbilling/api-client.ts';
import type { Levers } from '../driver.ts';
import { logIn } from './fossbilling-shop.ts';

const id = z.coerce.string();
const DAY_MS = 86_400_000;
const runningRows = z.object({ list: z.array(z.object({ id, expires_at: z.string().nullable() })) });
/** Pricing of a product that renews, as the host reads and takes it. */
const recurring = z.looseObject({
  type: z.literal('recurrent'),
  recurrent: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** A client account that the suite made, so that it can log in. */
export interface Buyer {
  id: string;
  email: string;
  password: string;
}

/** Makes a client for the suite. */
export async function makeBuyer(admin: FossbillingApi, currency: string): Promise<Buyer> {
  const password = `Cf1${randomUUID()}`;
  const email = `conformance-${randomUUID()}@example.com`;
  const name = { first_name: 'Conformance', last_name: 'Trial', company: 'Conformance' };
  const address = {
    address_1: 'Trial 1',
    city: 'Trial',
    country: 'DE',
    postcode: '10115',
    phone: '1234567',
    phone_cc: '49',
  };
  const account = { ...name, ...address, email, password, password_confirm: password, currency, status: 'active' };
  const made = await admin.call('client/create', { ...account, send_welcome_email: 0 }, id, { kind: 'write' });
  return { id: made, email, password };
}

/**
 * Buyers through the shop's own session, staff through the admin API. What FOSSBilling has no way for is left out: it
 * gives back whole invoices only. Its clock cannot be moved: the ends of what runs are, and its cron issues renewals.
 */
export function fossbillingLevers(
  baseUrl: string,
  admin: FossbillingApi,
  buyers: Buyer[],
  gateway: string,
): Partial<Levers> {
  const write = (method: string, params: object) => admin.call(method, params, z.unknown(), { kind: 'write' });
  const sessions = new Map<string, ReturnType<typeof logIn>>();
  function sessionOf(clientId: string): ReturnType<typeof logIn> {
    const buyer = buyers.find((one) => one.id === clientId);
    if (!buyer) throw new Error('the suite did not make this client');
    const session = sessions.get(clientId) ?? logIn(baseUrl, buyer.email, buyer.password);
    sessions.set(clientId, session);
    return session;
  }
  return {
    buyInShop: async (clientId, order) => (await sessionOf(clientId)).buy(admin, order, gateway),
    async coupon() {
      const code = `CF${randomUUID().slice(0, 8).toUpperCase()}`;
      await write('product/promo_create', {
        code,
        type: 'percentage',
        value: 10,
        active: 1,
        products: [],
        periods: [],
      });
      return code;
    },
    async pay(invoiceId) {
      const payment = { id: invoiceId, gateway_id: gateway, transactionId: `conformance-${invoiceId}`, execute: 1 };
      await write('invoice/mark_as_paid', payment);
    },
    editServicePrice: async (serviceId, price) => void (await write('order/update', { id: serviceId, price })),
    async refundAll(invoiceId) {
      // As it comes from its maker the host leaves refunds to staff, and keeps no document of them.
      await write('system/update_params', { invoice_refund_logic: 'credit_note' });
      await write('invoice/refund', { id: invoiceId, note: 'Conformance' });
    },
    async advanceClock(days) {
      for (const { id: clientId } of buyers) {
        const running = { client_id: clientId, status: 'active', per_page: 500 };
        const { list } = await admin.call('order/get_list', running, runningRows);
        for (const { id: row, expires_at: ends } of list) {
          if (ends === null) continue;
          const due = Math.max(Date.parse(`${ends.slice(0, 10)}T00:00:00Z`) - days * DAY_MS, Date.now() + DAY_MS);
          await write('order/update', { id: row, expires_at: new Date(due).toISOString().slice(0, 10) });
        }
      }
    },
    async editRetail(product, { term, price }) {
      const { pricing } = await admin.call('product/get', { id: product }, z.object({ pricing: recurring }));
      const cell = { ...pricing.recurrent[term], price };
      const recurrent = { ...pricing.recurrent, [term]: cell };
      await write('product/update', { id: product, pricing: { ...pricing, recurrent } });
    },
    async openTicket(clientId) {
      const desks = await admin.call('support/helpdesk_get_pairs', {}, z.record(z.string(), z.string()));
      const [desk] = Object.keys(desks);
      const words = { subject: 'Conformance', content: 'Just a trial.', support_helpdesk_id: desk };
      await write('support/ticket_create', { client_id: clientId, ...words });
    },
  };
}
