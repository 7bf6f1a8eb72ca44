import { randomUUID } from 'node:crypto';
import { createAccount } from '../../../hooks/hosts/sandbox/accounts.ts';
import type { ServiceContext } from '../../../server/context.ts';
import { createKey } from '../../../server/modules/api-key/create.ts';
import { createCustomer } from '../../../server/modules/customer/create.ts';
import { collectNotices } from '../../../server/modules/notice/collect.ts';
import { addNote } from '../../../server/modules/note/add.ts';
import { Notice } from '../../../server/modules/notice/entity.ts';
import { saveOrderDraft } from '../../../server/modules/order-draft/save.ts';
import { saveOwnRules } from '../../../server/modules/own-price/save-rules.ts';
import { getReseller } from '../../../server/modules/reseller/get.ts';
import { createReseller } from '../../../server/modules/reseller/create.ts';
import type { ResellerRow } from '../../../server/modules/reseller/schemas.ts';
import { Service } from '../../../server/modules/service/entity.ts';
import { closeStatements } from '../../../server/modules/statement/close.ts';
import { exportOwnData } from '../../../server/modules/person/export-own.ts';
import { clientPermissions, resellerPermissions } from '../../../server/permissions.ts';
import { type Installation, PASSWORD, startInstallation } from '../installation.ts';
import { placeFor, vpsLine } from '../orders.ts';
import { ShopClient } from '../shop-client.ts';

/** A reseller with something of everything, the login it has at the host, and what it owns. */
export interface Owner {
  row: ResellerRow;
  shop: ShopClient;
}

/** Two resellers who own the like, and the means to make more: every procedure can be tried on it, as often as wanted. */
export class World {
  readonly it: Installation;
  readonly one: Owner;
  readonly other: Owner;
  #count = 0;
  /** What is only looked at is made once for each owner. */
  readonly #kept = new Map<string, Promise<unknown>>();

  private constructor(it: Installation, one: Owner, other: Owner) {
    this.it = it;
    this.one = one;
    this.other = other;
  }

  static async start(): Promise<World> {
    const it = await startInstallation();
    const row = await it.makeReseller();
    const second = await it.makeReseller({ hostClientId: '2', tierId: 'bronze' });
    const [shop, shopOfOther] = await Promise.all([it.login('reseller'), it.login('client')]);
    return new World(it, { row, shop }, { row: second, shop: shopOfOther });
  }

  /** A word that nothing else is called by. */
  unique(prefix: string): string {
    return `${prefix}-${(this.#count += 1)}-${randomUUID().slice(0, 8)}`;
  }

  once<T>(key: string, owner: Owner, make: () => Promise<T>): Promise<T> {
    const name = `${key} ${owner.row.id}`;
    const kept = this.#kept.get(name) ?? make();
    this.#kept.set(name, kept);
    return kept as Promise<T>;
  }

  as(owner: Owner): ServiceContext {
    return this.it.service.context({
      kind: 'reseller',
      id: `client:${owner.row.hostClientId}`,
      name: owner.row.company,
      resellerId: owner.row.id,
      permissions: resellerPermissions,
    });
  }

  /** The reseller by a test key. */
  inTestMode({ row }: Owner): ServiceContext {
    return this.it.service.context(
      { kind: 'api_key', id: 'key_test', name: 'Test key', resellerId: row.id, permissions: resellerPermissions },
      'test',
    );
  }

  admin(): ServiceContext {
    return this.it.admin();
  }

  system(): ServiceContext {
    return this.it.system();
  }

  sql<Row extends object = { id: string }>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.it.service.orm.em.fork().execute<Row[]>(text, values);
  }

  /** A client of the host, new and no reseller. */
  newClient(): string {
    const email = `${this.unique('person')}@client.example`;
    const { host } = this.it.sandbox;
    const account = { email, name: 'Nils Neu', company: null, country: 'DE', currency: 'USD', role: 'client' as const };
    return createAccount(host, account, PASSWORD).id;
  }

  /** That client in person, who may apply and no more. */
  asClient(hostClientId: string): ServiceContext {
    const id = `client:${hostClientId}`;
    return this.it.service.context({ kind: 'client', id, name: id, hostClientId, permissions: clientPermissions });
  }

  async newReseller(): Promise<ResellerRow> {
    const { id } = await createReseller(this.admin(), { hostClientId: this.newClient(), company: this.unique('Firm') });
    return getReseller(this.admin(), { id });
  }

  customer(owner: Owner) {
    return createCustomer(this.as(owner), { name: 'Ines', email: `${this.unique('person')}@example.org` });
  }

  order(owner: Owner) {
    return placeFor(this.as(owner), { idempotencyKey: this.unique('order-key') });
  }

  /** A paid order with its running service. */
  async sale(owner: Owner) {
    const customer = await this.customer(owner);
    const order = await placeFor(this.as(owner), {
      customerId: customer.id,
      idempotencyKey: this.unique('sale-key'),
      lines: [vpsLine],
    });
    await owner.shop.pay(order.hostInvoiceId!);
    await this.it.settle();
    await collectNotices(this.system());
    const service = await this.system().em.fork().findOneOrFail(Service, { orderId: order.id });
    return { customer, order, service, invoiceId: order.hostInvoiceId! };
  }

  sold(owner: Owner) {
    return this.once('sale', owner, () => this.sale(owner));
  }

  /** A call with a key of the reseller's. */
  async call(owner: Owner): Promise<void> {
    const [held] = await this.sql('select id from api_key where reseller_id = ? limit 1', [owner.row.id]);
    const { id: keyId } = held ?? (await createKey(this.as(owner), { name: 'Called', scopes: ['orders:read'] }));
    const { calls, now } = this.system();
    calls.add({
      at: now,
      keyId,
      resellerId: owner.row.id,
      method: 'GET',
      path: '/api/v1/orders',
      status: 200,
      outcome: 'ok',
      durationMs: 1,
      requestId: this.unique('req'),
      sourceAddress: null,
    });
    await calls.flush();
  }

  draft(owner: Owner) {
    return saveOrderDraft(this.as(owner), { currency: 'USD', lines: [vpsLine] });
  }

  ticket(owner: Owner) {
    return this.once('ticket', owner, () =>
      owner.shop.ok<{ id: string }>('POST', '/api/tickets', {
        subject: `Slow disk of ${owner.row.id}`,
        message: 'Since noon',
      }),
    );
  }

  async notice(owner: Owner): Promise<Notice> {
    const em = this.system().em.fork();
    const notice = em.create(Notice, {
      id: this.unique('ntc'),
      kind: 'order_paid',
      resellerId: owner.row.id,
      hostClientId: owner.row.hostClientId,
      cause: this.unique('cause'),
      language: 'en',
      recipient: owner.row.email ?? 'nobody@example.org',
      subject: 'Paid',
      body: 'An order is paid.',
      state: 'inbox',
      attempts: 0,
      nextAttemptAt: null,
      error: null,
      createdAt: new Date(),
      sentAt: null,
      readAt: null,
      version: 1,
    });
    await em.flush();
    return notice;
  }

  /** The closed statement of a month, made on the way. */
  async statement(owner: Owner): Promise<{ id: string }> {
    await this.sold(this.one);
    await this.sold(this.other);
    const later = new Date(Date.now() + 40 * 86_400_000);
    await this.once('close', this.one, async () => {
      await closeStatements({ ...this.system(), now: later });
      // What is told of it comes now, not in the middle of something else.
      await collectNotices(this.system());
    });
    const [found] = await this.sql('select id from statement where reseller_id = ?', [owner.row.id]);
    return found!;
  }

  /** A task of the reseller's own. */
  task(owner: Owner) {
    return this.once('task', owner, () => exportOwnData(this.as(owner), {}));
  }

  /** A note of the provider about the reseller. */
  note(owner: Owner) {
    return addNote(this.admin(), { resellerId: owner.row.id, text: 'Watch this one' });
  }

  /** A rule of the reseller's own price list, as new. */
  async ownRule(owner: Owner): Promise<{ id: string; version: number }> {
    const version = await this.ownVersion(owner);
    const [held] = await this.sql('select id from own_price_rule where reseller_id = ?', [owner.row.id]);
    if (held) return { id: held.id, version };
    const saved = await saveOwnRules(this.as(owner), { version, rules: [{ method: 'markup', bp: 1500 }] });
    return { id: saved.rules[0]!.id, version: saved.version };
  }

  async ownVersion(owner: Owner): Promise<number> {
    const [list] = await this.sql<{ version: number }>('select version from own_price_list where reseller_id = ?', [
      owner.row.id,
    ]);
    return list?.version ?? 0;
  }

  stop(): Promise<void> {
    return this.it.stop();
  }
}
