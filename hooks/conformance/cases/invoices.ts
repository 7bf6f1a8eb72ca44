import assert from 'node:assert/strict';
import type { HostInvoice } from '../../contract/index.ts';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import { type ConformanceCase, NotApplicable } from '../case.ts';
import { expectAmount, expectRefusal } from '../expect.ts';
import { tellsOf } from '../told.ts';
import type { Trial } from '../trial.ts';

/** An order with its invoice, in a currency. */
export async function invoiced({ place, port }: Trial, currency?: string): Promise<HostInvoice> {
  const { id: orderId, reference } = await place(currency === undefined ? {} : { currency });
  const { invoice } = await port['invoices.issue']({ orderId, reference: reference ?? '', paymentMethod: null });
  return invoice;
}

async function listed({ port, driver }: Trial, id: string): Promise<HostInvoice> {
  const clientIds = [driver.clients.reseller];
  const { invoices } = await port['invoices.list']({ clientIds, ids: [id], limit: 10 });
  const [invoice] = invoices;
  assert.ok(invoice && invoices.length === 1, 'invoices.list does not answer the one invoice that was asked for');
  return invoice;
}

async function expectPinned(trial: Trial, invoice: HostInvoice, currency?: string): Promise<void> {
  const { line, digits } = await trial.price(trial.item(currency), currency);
  const wanted = (minorUnits(line.price, digits) ?? 0n) + (minorUnits(line.setup, digits) ?? 0n);
  expectAmount('the invoice', invoice.total, formatMinor(wanted, digits), digits);
  const sum = invoice.lines.reduce((total, { amount }) => total + (minorUnits(amount, digits) ?? 0n), 0n);
  expectAmount('the sum of the lines', formatMinor(sum, digits), invoice.total, digits);
  assert.equal(invoice.money.digits, digits, 'invoice and catalogue state different digits');
}

export const invoiceCases: readonly ConformanceCase[] = [
  {
    id: 'invoices.issued-at-the-pinned-amounts',
    async run(trial) {
      const invoice = await invoiced(trial);
      assert.equal(invoice.status, 'unpaid');
      assert.ok(invoice.issuedAt !== null && invoice.number !== '', 'the invoice was not sent');
      assert.equal(invoice.clientId, trial.driver.clients.reseller);
      await expectPinned(trial, invoice);
    },
  },
  {
    id: 'invoices.one-per-order',
    async run({ place, port, driver }) {
      const { id: orderId, reference } = await place();
      const request = { orderId, reference: reference ?? '', paymentMethod: null };
      const [first, second] = [await port['invoices.issue'](request), await port['invoices.issue'](request)];
      assert.equal(second.invoice.id, first.invoice.id, 'a second invoice was made');
      const { invoices } = await port['invoices.list']({ clientIds: [driver.clients.reseller], limit: 500 });
      assert.equal(invoices.filter((invoice) => invoice.orderId === orderId).length, 1);
    },
  },
  {
    id: 'invoices.digits-of-another-currency',
    async run(trial) {
      const { currencies } = trial.catalogue.catalogue;
      const own = currencies.find(({ code }) => code === trial.about.currency)?.digits;
      const other = currencies.find(({ digits }) => digits !== own);
      if (!other) throw new NotApplicable(`all currencies of this host have ${own} digits`);
      const invoice = await invoiced(trial, other.code);
      assert.equal(invoice.money.currency, other.code);
      assert.equal(invoice.money.digits, other.digits);
      await expectPinned(trial, invoice, other.code);
    },
  },
  {
    id: 'invoices.line-is-corrected',
    async run(trial) {
      const { port } = trial;
      const { id: invoiceId, lines, money } = await invoiced(trial);
      const lineId = lines[0]?.id ?? '';
      const { invoice } = await port['invoices.correctLine']({
        invoiceId,
        lineId,
        unitPrice: '3',
        reason: 'conformance',
      });
      expectAmount(
        'the corrected line',
        invoice.lines.find(({ id }) => id === lineId)?.unitPrice ?? null,
        '3',
        money.digits,
      );
      const sum = invoice.lines.reduce((total, { amount }) => total + (minorUnits(amount, money.digits) ?? 0n), 0n);
      expectAmount('the total', invoice.total, formatMinor(sum, money.digits), money.digits);
      const unknown = { invoiceId, lineId: 'no-such-line', unitPrice: '3', reason: 'conformance' };
      await expectRefusal('an unknown line', ['not_found'], port['invoices.correctLine'](unknown));
    },
  },
  {
    id: 'invoices.paid-ones-do-not-change',
    levers: ['pay'],
    async run(trial) {
      const { id: invoiceId, lines } = await invoiced(trial);
      await trial.levers.pay(invoiceId);
      const change = { invoiceId, lineId: lines[0]?.id ?? '', unitPrice: '3', reason: 'conformance' };
      await expectRefusal(
        'a change of a paid invoice',
        ['conflict', 'refused'],
        trial.port['invoices.correctLine'](change),
      );
    },
  },
  {
    // Both ways a fact reaches the ledger must name it alike, or reconcile would book it twice or never.
    id: 'invoices.paid-ones-name-their-payment',
    levers: ['pay'],
    async run(trial) {
      const { id } = await invoiced(trial);
      await trial.levers.pay(id);
      const event = await tellsOf(trial, 'invoice.paid', id);
      const invoice = await listed(trial, id);
      assert.equal(invoice.status, 'paid');
      assert.ok(invoice.paidAt !== null, 'a paid invoice has no moment of payment');
      assert.ok(
        invoice.payment,
        'the invoice does not name its payment: reconcile cannot find one whose event was lost',
      );
      assert.equal(invoice.payment.id, event.data.payment.id, 'list and event name different payments');
    },
  },
  {
    id: 'invoices.refunded-ones-name-their-refunds',
    capabilities: ['refunds'],
    levers: ['pay', 'refund'],
    async run(trial) {
      const { id } = await invoiced(trial);
      await trial.levers.pay(id);
      await trial.levers.refund(id, '1');
      const event = await tellsOf(trial, 'invoice.refunded', id);
      const { refunds = [], status } = await listed(trial, id);
      assert.equal(status, 'part_refunded');
      const ids = refunds.map((refund) => refund.id);
      assert.deepEqual(ids, [event.data.refund.id], 'the invoice does not name the refund that was told');
    },
  },
  {
    id: 'invoices.refunded-whole',
    capabilities: ['refunds'],
    levers: ['pay', 'refundAll'],
    async run(trial) {
      const { id, total, money } = await invoiced(trial);
      await trial.levers.pay(id);
      await trial.levers.refundAll(id, total);
      const { data } = await tellsOf(trial, 'invoice.refunded', id);
      expectAmount('the refund', data.refund.amount, total, money.digits);
      const { status, refunds = [] } = await listed(trial, id);
      assert.equal(status, 'refunded');
      const ids = refunds.map((refund) => refund.id);
      assert.deepEqual(ids, [data.refund.id], 'the invoice does not name the refund that was told');
    },
  },
];
