import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { rawCall } from '../raw-call.ts';
import { freshReference } from '../trial.ts';

export const toleranceCases: readonly ConformanceCase[] = [
  {
    id: 'tolerance.unknown-fields-are-ignored',
    async run(trial) {
      const { place, service, driver, port } = trial;
      const { lines } = await place();
      const { lock } = await service(lines[0]?.serviceId ?? '');
      assert.ok(lock, 'the service has no lock');
      const later = { later: { nested: true } };
      const body = { locks: [{ ...lock, ...later }], addedInALaterVersion: ['yes'] };
      // A call that every bridge answers by itself; some leave orders to the API of their host.
      const { status } = await rawCall(trial, 'locks.publish', JSON.stringify(body));
      assert.equal(status, 200, `a request with fields of a later version was answered with ${status}`);
      if (driver.port) return;
      const { status: reading } = await rawCall(
        trial,
        'orders.find',
        JSON.stringify({ reference: freshReference(), ...later }),
      );
      assert.equal(reading, 200, `orders.find with fields of a later version was answered with ${reading}`);
      await port.describe({});
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
      for (const body of ['{"locks":7}', '[]', 'null', '{"reference"', '""']) {
        const { status } = await rawCall(trial, 'locks.publish', body);
        assert.equal(status, 400, `locks.publish answered ${status} to ${body}`);
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
