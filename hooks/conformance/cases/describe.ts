import assert from 'node:assert/strict';
import { type CallName, callNames, calls, isAcceptedVersion } from '../../contract/index.ts';
import type { ConformanceCase } from '../case.ts';
import { expectRefusal } from '../expect.ts';
import { rawCall } from '../raw-call.ts';

export const describeCases: readonly ConformanceCase[] = [
  {
    id: 'describe.identity',
    async run({ about, catalogue }) {
      assert.ok(isAcceptedVersion(about.contract), `the contract ${about.contract} is not spoken here`);
      assert.doesNotThrow(
        () => new Intl.DateTimeFormat('en', { timeZone: about.zone }),
        `${about.zone} is no IANA zone`,
      );
      const codes = catalogue.catalogue.currencies.map(({ code }) => code);
      assert.ok(
        codes.includes(about.currency),
        `the host's currency ${about.currency} is not among ${codes.join(', ')}`,
      );
      for (const [name, url] of Object.entries(about.urls)) {
        assert.ok(url.startsWith('/') && !url.startsWith('//'), `the link to a ${name} is not relative: ${url}`);
        assert.ok(url.includes('{id}'), `the link to a ${name} has no {id}: ${url}`);
      }
    },
  },
  {
    id: 'describe.declared-capabilities-work',
    async run({ about, port, driver }) {
      const clientId = driver.clients.reseller;
      const tries = {
        paymentMethods: () => port['paymentMethods.list']({ clientId }),
        accountCredit: () => port['credit.read']({ clientId }),
        tickets: () => port['tickets.list']({ clientId, limit: 1 }),
        income: () => port['income.read']({ from: '2027-01-01', until: '2027-01-02' }),
        differences: () => port['differences.read']({}),
      } as const;
      for (const [name, read] of Object.entries(tries)) {
        if (about.capabilities.includes(name as keyof typeof tries)) await read();
      }
    },
  },
  {
    id: 'describe.absent-capabilities-are-refused',
    async run(trial) {
      const clientId = trial.driver.clients.reseller;
      const requests: { [Name in CallName]?: object } = {
        'paymentMethods.list': { clientId },
        'credit.read': { clientId },
        'credit.add': {
          clientId,
          reference: 'crd_nothing',
          amount: '0',
          currency: trial.about.currency,
          reason: 'none',
        },
        'income.read': { from: '2027-01-01', until: '2027-01-02' },
        'differences.read': {},
        'tickets.list': { clientId },
        'tickets.link': { ticketId: '987654321', serviceId: null, orderId: null },
        'orders.cancel': { orderId: '987654321', reason: 'none' },
        'prices.check': {
          clientId,
          currency: trial.about.currency,
          lines: [{ product: 'nothing', term: '1M', quantity: 1, options: {} }],
        },
        'prices.publish': { revision: `sha256:${'0'.repeat(64)}` },
      };
      for (const name of callNames) {
        const { capability } = calls[name];
        if (capability === null || trial.about.capabilities.includes(capability)) continue;
        const { status } = await rawCall(trial, name, JSON.stringify(requests[name] ?? {}));
        // A bridge that is older than the call does not know it at all.
        assert.ok([501, 404].includes(status), `${name} is not declared, and was answered with ${status}`);
      }
    },
  },
  {
    id: 'describe.unknown-objects-are-not-found',
    async run({ port, driver }) {
      const { order } = await port['orders.find']({ reference: 'ord_nobody-placed-this' });
      assert.equal(order, null, 'an order was found that nobody placed');
      const issue = { orderId: '987654321', reference: 'ord_nobody-placed-this', paymentMethod: null };
      await expectRefusal('an invoice for no order', ['not_found'], port['invoices.issue'](issue));
      const { clients } = await port['clients.list']({ ids: [driver.clients.reseller, '987654321'], limit: 10 });
      assert.deepEqual(
        clients.map(({ id }) => id),
        [driver.clients.reseller],
      );
    },
  },
];
