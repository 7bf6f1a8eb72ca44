import assert from 'node:assert/strict';
import type { ConformanceCase } from '../case.ts';
import { eventually } from '../eventually.ts';
import { expectAmount } from '../expect.ts';
import { tellsOf, told } from '../told.ts';
import { invoiced } from './invoices.ts';

/** Different events, by id: a delivery may be repeated, a fact may not. */
const distinct = (events: { id: string }[]): number => new Set(events.map(({ id }) => id)).size;

export const eventCases: readonly ConformanceCase[] = [
  {
    id: 'events.order-is-told-with-its-snapshot',
    async run(trial) {
      const order = await trial.place();
      const event = await tellsOf(trial, 'order.created', order.id);
      assert.ok(event.id.length >= 8 && event.aggregate.type === 'order', 'the event does not say what it is about');
      assert.equal(event.data.order.id, order.id);
      assert.equal(event.data.order.reference, order.reference);
      assert.deepEqual(event.data.order.lines, order.lines, 'the event tells other lines than the order has');
      assert.equal(event.data.order.locks.length, 1, 'the event does not carry the lock that was written at commit');
    },
  },
  {
    id: 'events.versions-grow',
    levers: ['pay'],
    async run(trial) {
      const { id } = await invoiced(trial);
      await trial.levers.pay(id);
      const [issued, paid] = [await tellsOf(trial, 'invoice.issued', id), await tellsOf(trial, 'invoice.paid', id)];
      assert.ok(paid.aggregate.version > issued.aggregate.version, 'a later state does not have a larger version');
      assert.equal(issued.data.invoice.status, 'unpaid');
      assert.equal(paid.data.invoice.status, 'paid');
    },
  },
  {
    id: 'events.paid-once',
    levers: ['pay'],
    async run(trial) {
      const { id } = await invoiced(trial);
      await trial.levers.pay(id);
      await trial.levers.pay(id).catch(() => undefined);
      const { data } = await tellsOf(trial, 'invoice.paid', id);
      assert.ok(data.payment.id !== '' && data.invoice.paidAt !== null, 'the payment is not named');
      // Whatever else is on its way comes before this order's event.
      const marker = await trial.place();
      await tellsOf(trial, 'order.created', marker.id);
      assert.equal(distinct(told(trial, 'invoice.paid', id)), 1, 'the same payment was told as two facts');
    },
  },
  {
    id: 'events.refunds-once-each',
    capabilities: ['refunds'],
    levers: ['pay', 'refund'],
    async run(trial) {
      const { id, money } = await invoiced(trial);
      await trial.levers.pay(id);
      await trial.levers.refund(id, '1');
      await trial.levers.refund(id, '2');
      const refunds = await eventually('two refunds', () => {
        const events = told(trial, 'invoice.refunded', id);
        return distinct(events) >= 2 ? events : undefined;
      });
      assert.equal(distinct(refunds), 2);
      assert.equal(new Set(refunds.map(({ data }) => data.refund.id)).size, 2, 'two refunds have one id');
      const amounts = refunds.map(({ data }) => Number(data.refund.amount)).toSorted((left, right) => left - right);
      expectAmount('the smaller refund', String(amounts[0]), '1', money.digits);
      expectAmount('the larger refund', String(amounts[1]), '2', money.digits);
    },
  },
  {
    id: 'events.ids-are-unique',
    async run({ plugin, port }) {
      const { events } = await port['changes.read']({ cursor: '', limit: 500 });
      assert.equal(distinct(events), events.length, 'changes.read repeats an event');
      const contents = new Map<string, string>();
      for (const event of plugin.received) {
        const text = JSON.stringify(event);
        assert.equal(contents.get(event.id) ?? text, text, `two events have the id ${event.id}`);
        contents.set(event.id, text);
      }
    },
  },
  {
    id: 'events.read-from-a-cursor',
    async run(trial) {
      const { port, place } = trial;
      let cursor = '';
      for (;;) {
        const page = await port['changes.read']({ cursor, limit: 100 });
        if (page.events.length === 0) break;
        assert.notEqual(page.cursor, cursor, 'the cursor does not move');
        cursor = page.cursor;
      }
      const { id } = await place();
      const news = await port['changes.read']({ cursor, limit: 100 });
      assert.ok(
        news.events.some(({ type, aggregate }) => type === 'order.created' && aggregate.id === id),
        'the new order is not after the cursor',
      );
      const again = await port['changes.read']({ cursor, limit: 100 });
      assert.deepEqual(again.events.slice(0, news.events.length), news.events, 'the same cursor answers other events');
    },
  },
  {
    id: 'events.repeated-after-a-lost-answer',
    async run(trial) {
      const { plugin, port, place } = trial;
      plugin.answersLost = true;
      const order = await place();
      try {
        await eventually('the event, whose answer is lost', () => told(trial, 'order.created', order.id)[0], 20_000);
      } finally {
        plugin.answersLost = false;
      }
      await port['invoices.issue']({ orderId: order.id, reference: order.reference ?? '', paymentMethod: null });
      const twice = await eventually(
        'the event again',
        () => (told(trial, 'order.created', order.id).length > 1 ? told(trial, 'order.created', order.id) : undefined),
        30_000,
      );
      assert.equal(new Set(twice.map(({ id }) => id)).size, 1, 'the same event came again with another id');
      const versions = plugin.received
        .filter(({ aggregate }) => aggregate.type === 'order' && aggregate.id === order.id)
        .map(({ aggregate }) => aggregate.version);
      assert.deepEqual(
        versions,
        versions.toSorted((left, right) => left - right),
        'a newer state overtook an older one',
      );
    },
  },
  {
    id: 'events.kept-while-the-plugin-is-away',
    async run(trial) {
      trial.plugin.away = true;
      const order = await trial.place().finally(() => (trial.plugin.away = false));
      await eventually(
        'the event, after the plugin came back',
        () => told(trial, 'order.created', order.id)[0],
        30_000,
      );
    },
  },
];
