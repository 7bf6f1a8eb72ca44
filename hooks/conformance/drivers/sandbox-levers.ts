import type { Levers } from '../driver.ts';

interface Person {
  id: string;
  email: string;
}
interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: { message: string } };
}

/** The sandbox's shop, staff and clock through its public JSON addresses, as buyers and staff reach them. */
export function sandboxLevers(
  baseUrl: string,
  people: Record<'admin' | 'reseller' | 'client', Person>,
  password: string,
): Omit<Levers, 'portWithoutRights' | 'portTo'> {
  const tokens = new Map<string, string>();

  async function post(path: string, token: string | null, body: object): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(`${baseUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  }
  async function tokenOf({ email }: Person): Promise<string> {
    const held = tokens.get(email);
    if (held !== undefined) return held;
    const { status, body } = await post('/api/session', null, { email, password });
    if (status !== 200) throw new Error(`${email} cannot log in`);
    tokens.set(email, String(body['token']));
    return String(body['token']);
  }
  async function as(person: Person, path: string, body: object): Promise<Answer['body']> {
    let answer = await post(path, await tokenOf(person), body);
    if (answer.status === 401) {
      // A jump of the clock may have ended the session.
      tokens.delete(person.email);
      answer = await post(path, await tokenOf(person), body);
    }
    if (answer.status !== 200) throw new Error(`${path}: ${answer.body.error?.message ?? answer.status}`);
    return answer.body;
  }
  const personOf = (clientId: string): Person => (clientId === people.reseller.id ? people.reseller : people.client);

  return {
    async buyInShop(clientId, order) {
      const token = await tokenOf(personOf(clientId));
      const { status, body } = await post('/api/checkout', token, { format: 'order/1', ...order });
      if (status === 200) return { sold: true, orderId: String(body['orderId']), invoiceId: String(body['invoiceId']) };
      return { sold: false, message: body.error?.message ?? String(status) };
    },
    coupon: async () => 'WELCOME10',
    pay: async (invoiceId) => void (await as(people.admin, `/api/invoices/${invoiceId}/pay`, {})),
    refund: async (invoiceId, amount) => void (await as(people.admin, `/api/invoices/${invoiceId}/refund`, { amount })),
    refundAll: async (invoiceId, total) =>
      void (await as(people.admin, `/api/invoices/${invoiceId}/refund`, { amount: total })),
    advanceClock: async (days) => void (await as(people.admin, '/api/test/clock', { advance: `${days}d` })),
    editServicePrice: async (serviceId, recurring) =>
      void (await as(people.admin, '/api/test/edit-price', { serviceId, recurring })),
    editRetail: async (product, cell) => void (await as(people.admin, `/api/admin/products/${product}/price`, cell)),
    openTicket: async (clientId) =>
      void (await as(personOf(clientId), '/api/tickets', { subject: 'Conformance', message: 'Just a trial.' })),
  };
}
