import { z } from 'zod';
import { HostError, type CallRequest, type CallResponse } from '../../contract/index.ts';
import { readClient } from './clients.ts';
import type { FossbillingHost } from './host.ts';
import { exactMinor, moneyOf, toAmount, toMinor } from './host-money.ts';
import { looseText } from './loose.ts';
import { readPage } from './pages.ts';
import { storableText } from './storable-text.ts';

/** Entries of a client's balance, newest first. */
const entries = { method: 'client/balance_get_list', entry: z.object({ description: looseText }) };

/** credit.read: the client's balance in the client's currency. */
export async function readCredit(host: FossbillingHost, clientId: string): Promise<CallResponse<'credit.read'>> {
  const { currency, balance } = await readClient(host, clientId);
  const money = moneyOf(currency);
  return { money, balance: toAmount(balance, money.digits) };
}

/**
 * credit.add, once per reference: it stands at the end of the entry's description and is looked for first. Not below
 * zero, which the host itself would allow.
 * @throws HostError not_found, refused (currency, amount, not enough credit)
 */
export async function addCredit(
  host: FossbillingHost,
  { clientId, reference, amount, currency, reason }: CallRequest<'credit.add'>,
): Promise<CallResponse<'credit.add'>> {
  const before = await readCredit(host, clientId);
  const { digits } = before.money;
  if (before.money.currency !== currency) {
    throw new HostError('refused', `This client's credit is kept in ${before.money.currency}.`);
  }
  const mark = `[${reference}]`;
  if (await hasEntry(host, clientId, mark)) return before;
  const change = exactMinor(amount, digits);
  if (change < 0n && toMinor(before.balance, digits) + change < 0n) {
    throw new HostError('refused', 'There is not enough account credit.');
  }
  const params = { id: clientId, amount, description: `${storableText(reason)} ${mark}`.trim() };
  await host.api.call('client/balance_add_funds', params, z.unknown(), { kind: 'write' });
  return readCredit(host, clientId);
}

async function hasEntry({ api }: FossbillingHost, clientId: string, mark: string): Promise<boolean> {
  for (let page = 1; ; page += 1) {
    const found = await readPage(api, { ...entries, params: { client_id: clientId } }, page);
    if (found.entries.some(({ description }) => description?.endsWith(mark))) return true;
    if (!found.more) return false;
  }
}
