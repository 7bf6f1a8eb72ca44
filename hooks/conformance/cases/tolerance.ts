import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { rawCall } from '../raw-call.ts';
import { freshReference } from '../trial.ts';

export const toleranceCases: readonly ConformanceCase[] = [
  {
    id: 'tolerance.unknown-fields-are-ignored',
    async run(trial) {
      const { driver, price, item, catalogue, about, port } = trial;
      const { line, stamp, digits } = await price(item());
      const reference = freshReference();
      const body = {
        reference,
        clientId: driver.clients.reseller,
        paymentMethod: null,
        money: { currency: about.currency, digits, tax: catalogue.catalogue.catalogueTax, later: 1 },
        customer: null,
        note: null,
        stamp: { ...stamp, later: { nested: true } },
        lines: [{ ...line, later: ['x'] }],
        addedInALaterVersion: 'yes',
      };
      const { status } = await rawCall(trial, 'orders.place', JSON.stringify(body));
      assert.equal(status, 200, `a request with fields of a later version was answered with ${status}`);
      const { order } = await port['orders.find']({ reference });
      assert.ok(order, 'the order was not made');
    },
  },
  {
    id: 'tolerance.later-minor-version-is-served',
    async run(trial) {
      const { status } = await rawCall(trial, 'describe', '{}', { contract: '1.99' });
      assert.equal(status, 200, `contract 1.99 was answered with ${status}`);
    },
  },
  {
    id: 'tolerance.other-major-version-is-refused',
    async run(trial) {
      const { status } = await rawCall(trial, 'describe', '{}', { contract: '9.0' });
      assert.equal(status, 409, `contract 9.0 was answered with ${status}`);
    },
  },
  {
    id: 'tolerance.requests-that-do-not-fit-are-refused',
    async run(trial) {
      for (const body of ['{"reference":7}', '[]', 'null', '{"reference"', '""']) {
        const { status } = await rawCall(trial, 'orders.place', body);
        assert.equal(status, 400, `orders.place answered ${status} to ${body}`);
      }
    },
  },
  {
    id: 'tolerance.unknown-call-is-not-found',
    async run(trial) {
      const { status } = await rawCall(trial, 'orders.vanish' as never, '{}');
      assert.equal(status, 404, `a call that does not exist was answered with ${status}`);
    },
  },
];
