import { readClient } from './accounts.ts';
import { momentNow, moneyOf, refuse, toMinor, toText, type Host } from './kit.ts';

/** Account credit of a client, kept in the client's currency. */
export function readCredit(host: Host, clientId: string) {
  const { id, currency } = readClient(host, clientId);
  const money = moneyOf(host, currency);
  const sql = 'SELECT coalesce(sum(amount), 0) AS minor FROM credits WHERE clientId = ?';
  return { money, balance: toText(host.db.get<{ minor: number }>(sql, id)?.minor ?? 0, money.digits) };
}

type CreditChange = { clientId: string; currency: string; amount: string; reference: string; reason: string };

/** Adds or (with a minus) takes credit, once per reference; the balance never goes below zero. */
export function addCredit(host: Host, { clientId, currency, amount, reference, reason }: CreditChange) {
  const { money, balance } = readCredit(host, clientId);
  if (money.currency !== currency) refuse('currency_unknown', `This client's credit is kept in ${money.currency}.`);
  const known = host.db.get<{ clientId: string }>('SELECT clientId FROM credits WHERE reference = ?', reference);
  if (known && known.clientId !== clientId) refuse('conflict', 'Another client has this reference.');
  if (known) return { money, balance };
  const minor = toMinor(amount, money.digits);
  if (toMinor(balance, money.digits) + minor < 0) refuse('insufficient_credit', 'There is not enough account credit.');
  host.db.run('INSERT INTO credits VALUES (?, ?, ?, ?, ?)', reference, clientId, minor, reason, momentNow(host));
  return readCredit(host, clientId);
}
