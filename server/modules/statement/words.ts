import type { EntryKind } from './entity.ts';

interface Words {
  statement: string;
  currency: string;
  opening: string;
  closing: string;
  day: string;
  entry: string;
  reference: string;
  amount: string;
  balance: string;
  taxNote: string;
  kinds: Record<EntryKind, string>;
}

/** What statements say, for print and PDF. */
export const words = {
  en: {
    statement: 'Statement of account',
    currency: 'Currency',
    opening: 'Opening balance',
    closing: 'Closing balance',
    day: 'Date',
    entry: 'Entry',
    reference: 'Invoice',
    amount: 'Amount',
    balance: 'Balance',
    taxNote: 'Amounts as invoiced. A positive balance is owed to the provider.',
    kinds: {
      invoice: 'Invoice',
      correction: 'Correction of invoice',
      payment: 'Payment',
      cancelled: 'Invoice cancelled',
      credit: 'Credit note',
      payout: 'Refund paid',
    },
  },
  de: {
    statement: 'Kontoauszug',
    currency: 'Währung',
    opening: 'Anfangssaldo',
    closing: 'Endsaldo',
    day: 'Datum',
    entry: 'Vorgang',
    reference: 'Rechnung',
    amount: 'Betrag',
    balance: 'Saldo',
    taxNote: 'Beträge wie in Rechnung gestellt. Ein positiver Saldo ist dem Anbieter geschuldet.',
    kinds: {
      invoice: 'Rechnung',
      correction: 'Rechnungskorrektur',
      payment: 'Zahlung',
      cancelled: 'Rechnung storniert',
      credit: 'Gutschrift',
      payout: 'Erstattung ausgezahlt',
    },
  },
} satisfies Record<string, Words>;
export type DocumentLanguage = keyof typeof words;

/** The language asked for, else English. */
export const documentLanguage = (asked: string | undefined): DocumentLanguage => (asked === 'de' ? 'de' : 'en');
