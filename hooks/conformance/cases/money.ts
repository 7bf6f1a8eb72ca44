import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { formatMinor, minorUnits } from '../../prices/money.ts';
import type { ConformanceCase } from '../case.ts';
import { expectAmount, expectRefusal } from '../expect.ts';
import type { Trial } from '../trial.ts';
import { invoiced } from './invoices.ts';

/** The day of a moment in the provider's zone. */
function dayOf(moment: string, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(new Date(moment));
}

async function incomeOf({ port }: Trial, day: string, currency: string, digits: number): Promise<bigint> {
  const until = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const { days } = await port['income.read']({ from: day, until });
  const found = days.filter((entry) => entry.day === day && entry.currency === currency);
  assert.ok(found.length <= 1, 'a day stands there twice');
  return minorUnits(found[0]?.amount ?? '0', digits) ?? 0n;
}

export const moneyCases: readonly ConformanceCase[] = [
  {
    id: 'credit.once-per-reference',
    capabilities: ['accountCredit'],
    async run({ port, driver }) {
      const clientId = driver.clients.reseller;
      const { balance: before, money } = await port['credit.read']({ clientId });
      const change = {
        clientId,
        amount: '12',
        currency: money.currency,
        reference: `crd_${randomUUID()}`,
        reason: 'conformance',
      };
      const sum = formatMinor(
        (minorUnits(before, money.digits) ?? 0n) + (minorUnits('12', money.digits) ?? 0n),
        money.digits,
      );
      for (const _ of [1, 2]) expectAmount('the credit', (await port['credit.add'](change)).balance, sum, money.digits);
      const back = { ...change, amount: '-12', reference: `crd_${randomUUID()}` };
      expectAmount('the credit', (await port['credit.add'](back)).balance, before, money.digits);
      const more = { ...change, amount: '-99999999', reference: `crd_${randomUUID()}` };
      await expectRefusal('taking more credit than there is', ['refused', 'conflict'], port['credit.add'](more));
    },
  },
  {
    id: 'income.of-the-day-of-payment',
    capabilities: ['income'],
    levers: ['pay'],
    async run(trial) {
      const { about, port, driver, levers } = trial;
      const { id, money } = await invoiced(trial);
      const { issuedAt, lines } = await invoiced(trial);
      const guess = dayOf(issuedAt ?? '', about.zone);
      const before = await incomeOf(trial, guess, money.currency, money.digits);
      await levers.pay(id);
      const { invoices } = await port['invoices.list']({ clientIds: [driver.clients.reseller], ids: [id], limit: 1 });
      const paidOn = dayOf(invoices[0]?.paidAt ?? '', about.zone);
      const net = lines.reduce((sum, line) => sum + (minorUnits(line.net, money.digits) ?? 0n), 0n);
      const earlier = paidOn === guess ? before : 0n;
      const after = await incomeOf(trial, paidOn, money.currency, money.digits);
      assert.ok(after >= earlier + net, `the income of ${paidOn} did not grow by ${formatMinor(net, money.digits)}`);
      assert.equal(after - earlier, net, `the income grew by ${formatMinor(after - earlier, money.digits)}`);
    },
  },
  {
    id: 'tickets.listed-and-linked',
    capabilities: ['tickets'],
    levers: ['openTicket'],
    async run({ port, driver, levers, place }) {
      const clientId = driver.clients.reseller;
      await levers.openTicket(clientId);
      const { tickets } = await port['tickets.list']({ clientId, limit: 10 });
      const [ticket] = tickets;
      assert.ok(ticket, 'the ticket is not listed');
      assert.ok(ticket.url.startsWith('/'), `its link is not relative: ${ticket.url}`);
      const { id: orderId } = await place();
      const link = { ticketId: ticket.id, serviceId: null, orderId };
      assert.equal((await port['tickets.link'](link)).ticket.id, ticket.id);
      const others = await port['tickets.list']({ clientId: driver.clients.ordinary, limit: 10 });
      assert.ok(!others.tickets.some(({ id }) => id === ticket.id), 'another client is shown the ticket');
    },
  },
];
