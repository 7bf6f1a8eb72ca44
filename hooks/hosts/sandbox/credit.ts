import type { CallResponse } from '../../contract/index.ts';
import { readClient } from './accounts.ts';
import { momentNow, type Host } from './host.ts';
import { digitsOf, moneyOf, toMinor, toText } from './money.ts';
import { Refusal } from './refusal.ts';

function balanceOf(host: Host, clientId: string): number {
  const sql = 'SELECT coalesce(sum(amount), 0) AS balance FROM credits WHERE clientId = ?';
  return host.db.get<{ balance: number }>(sql, clientId)?.balance ?? 0;
}

/** Account credit of a client, kept in the client's currency. */
export function readCredit(host: Host, clientId: string): CallResponse<'credit.read'> {
  const money = moneyOf(host, readClient(host, clientId).currency);
  return { money, balance: toText(balanceOf(host, clientId), money.digits) };
}

export type CreditChange = { clientId: string; currency: string; amount: string; reference: string; reason: string };

/** Adds or takes credit, once per reference. */
export function addCredit(host: Host, { clientId, currency, amount, reference, reason }: CreditChange) {
  return host.db.transaction(() => {
    if (readClient(host, clientId).currency !== currency) {
      throw new Refusal(
        'currency_unknown',
        `The credit of this client is kept in ${readClient(host, clientId).currency}.`,
      );
    }
    const known = host.db.get<{ clientId: string }>('SELECT clientId FROM credits WHERE reference = ?', reference);
    if (known && known.clientId !== clientId) throw new Refusal('conflict', 'Another client has this reference.');
    if (known) return readCredit(host, clientId);
    const minor = toMinor(amount, digitsOf(host, currency));
    if (balanceOf(host, clientId) + minor < 0)
      throw new Refusal('insufficient_credit', 'There is not enough account credit.');
    host.db.insert('credits', { clientId, amount: minor, reference, reason, at: momentNow(host) });
    return readCredit(host, clientId);
  });
}

/** Pays with credit: all of the amount or nothing. */
export function takeCredit(host: Host, clientId: string, currency: string, minor: number, reference: string): void {
  if (minor === 0) return;
  const amount = toText(-minor, digitsOf(host, currency));
  addCredit(host, { clientId, currency, amount, reference, reason: 'Payment of an invoice' });
}

/** How much of an amount the client's credit covers, in minor units; nothing in another currency. */
export function coveredByCredit(host: Host, clientId: string, currency: string, minor: number): number {
  return readClient(host, clientId).currency === currency ? Math.min(minor, balanceOf(host, clientId)) : 0;
}
