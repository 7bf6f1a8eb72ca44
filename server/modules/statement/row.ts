import { formatAmount, parseAmount } from '../../money.ts';
import { decimal } from '../revenue/amounts.ts';
import type { EntryKind, Statement, StatementTotals } from './entity.ts';

/** A statement for lists. Amounts in the account's currency, tax included as invoiced; positive is owed. */
export interface StatementRow {
  id: string;
  resellerId: string;
  currency: string;
  month: string;
  opening: string;
  /** Invoices and their corrections and cancellations. */
  orders: string;
  payments: string;
  /** Credit notes less what was paid back of them. */
  credits: string;
  closing: string;
  lines: number;
  closedAt: string;
}

export function statementRow(statement: Statement, digits: (currency: string) => number): StatementRow {
  const { id, resellerId, currency, month, opening, closing, lines, closedAt } = statement;
  const places = digits(currency);
  return {
    id,
    resellerId,
    currency,
    month,
    opening: decimal(opening, places),
    ...columns(statement.totals, places),
    closing: decimal(closing, places),
    lines,
    closedAt: closedAt.toISOString(),
  };
}

/** Sums by kind as the three columns of a statement. */
export function columns(totals: StatementTotals, digits: number) {
  const sum = (...kinds: EntryKind[]) =>
    addUp(
      kinds.map((kind) => totals[kind] ?? '0'),
      digits,
    );
  return {
    orders: sum('invoice', 'correction', 'cancelled'),
    payments: sum('payment'),
    credits: sum('credit', 'payout'),
  };
}

/** Exact sum of decimal texts at the currency's digits. */
export function addUp(texts: string[], digits: number): string {
  return formatAmount(
    texts.reduce((total, text) => total + parseAmount(text, digits), 0n),
    digits,
  );
}

export interface LineRow {
  id: number;
  day: string;
  kind: EntryKind;
  invoiceId: string;
  number: string;
  amount: string;
}
