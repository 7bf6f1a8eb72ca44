/** A person at the sandbox host, through its JSON. */
export class ShopClient {
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  static async login(base: string, email: string, password: string): Promise<ShopClient> {
    const response = await fetch(`${base}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`Login of ${email} failed: ${response.status}`);
    const { token } = (await response.json()) as { token: string };
    return new ShopClient(base, token);
  }

  /** The answer with its status; never throws for a refusal. */
  async send<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** The answer of a call that must succeed. */
  async ok<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
    const answer = await this.send<T>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  buy(
    lines: unknown[],
    currency = 'USD',
    extra: object = {},
  ): Promise<{ orderId: string; invoiceId: string; total: string }> {
    return this.ok('POST', '/api/checkout', { format: 'order/1', currency, lines, ...extra });
  }

  pay(invoiceId: string): Promise<unknown> {
    return this.ok('POST', `/api/invoices/${invoiceId}/pay`, {});
  }
}
