import type { CallResponse } from '../../contract/index.ts';
import { readClient } from './accounts.ts';
import { momentNow, moneyOf, Refusal, toMinor, toText, type Host } from './kit.ts';

/** Account credit of a client in minor units of the client's currency. */
function balanceOf(host: Host, clientId: string): number {
  const sql = 'SELECT coalesce(sum(amount), 0) AS balance FROM credits WHERE clientId = ?';
  return host.db.get<{ balance: number }>(sql, clientId)?.balance ?? 0;
}

export function readCredit(host: Host, clientId: string): CallResponse<'credit.read'> {
  const { id, currency } = readClient(host, clientId);
  const money = moneyOf(host, currency);
  return { money, balance: toText(balanceOf(host, id), money.digits) };
}

type CreditChange = { clientId: string; currency: string; amount: string; reference: string; reason: string };

/** Adds or (with a minus) takes credit, once per reference; the balance never goes below zero. */
export function addCredit(host: Host, { clientId, amount, reference, reason, ...change }: CreditChange) {
  return host.db.transaction(() => {
    const { id, currency } = readClient(host, clientId);
    if (currency !== change.currency)
      throw new Refusal('currency_unknown', `This client's credit is kept in ${currency}.`);
    const known = host.db.get<{ clientId: string }>('SELECT clientId FROM credits WHERE reference = ?', reference);
    if (known && known.clientId !== id) throw new Refusal('conflict', 'Another client has this reference.');
    if (known) return readCredit(host, id);
    const minor = toMinor(amount, moneyOf(host, currency).digits);
    if (balanceOf(host, id) + minor < 0)
      throw new Refusal('insufficient_credit', 'There is not enough account credit.');
    const sql = 'INSERT INTO credits (reference, clientId, amount, reason, at) VALUES (?, ?, ?, ?, ?)';
    host.db.run(sql, reference, id, minor, reason, momentNow(host));
    return readCredit(host, id);
  });
}
