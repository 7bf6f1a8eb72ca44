import type { InvoiceLine } from '../../contract/index.ts';
import { formatMinor } from '../../prices/money.ts';
import { toMinor } from './host-money.ts';
import type { InvoiceLineAnswer } from './invoice-answer.ts';
import type { RowFacts } from './row-index.ts';

/** `unit` of the setup lines that we write; the host's own cart writes "service". */
export const SETUP_UNIT = 'setup';

type Kind = InvoiceLine['kind'];
type Facts = ReadonlyMap<string, RowFacts>;

/** The lines of an invoice as the contract writes them. @param rows what the rows behind them are */
export function viewLines(lines: readonly InvoiceLineAnswer[], digits: number, rows: Facts): InvoiceLine[] {
  let last: InvoiceLineAnswer | null = null;
  return lines.map((line) => {
    const kind = kindOf(line, last, rows);
    // The host links neither its setup lines nor all of its discounts: they follow the line they belong to.
    const about = line.rel_id === null && kind === 'setup' ? last : line;
    if (line.type === 'order') last = line;
    return viewLine(line, kind, about ?? line, digits, rows);
  });
}

function viewLine(
  line: InvoiceLineAnswer,
  kind: Kind,
  about: InvoiceLineAnswer,
  digits: number,
  rows: Facts,
): InvoiceLine {
  const serviceId = kind === 'top_up' ? null : about.rel_id;
  const facts = serviceId === null ? undefined : rows.get(serviceId);
  const amount = toMinor(line.price, digits) * BigInt(line.quantity);
  // A domain is renewed in years at the price of one; here its line is one domain for the whole term.
  const quantity = kind === 'domain' ? 1 : line.quantity;
  return {
    id: line.id,
    kind,
    title: (line.title ?? '').slice(0, 300),
    orderId: facts?.orderId ?? null,
    serviceId,
    product: facts?.product ?? null,
    occasion: occasionOf(about, kind),
    quantity,
    unitPrice: kind === 'domain' ? formatMinor(amount, digits) : formatMinor(toMinor(line.price, digits), digits),
    amount: formatMinor(amount, digits),
    net: formatMinor(amount, digits),
    prorated: null,
  };
}

function kindOf(line: InvoiceLineAnswer, last: InvoiceLineAnswer | null, rows: Facts): Kind {
  if (line.type === 'deposit') return 'top_up';
  if (line.type === 'order') return rows.get(line.rel_id ?? '')?.domain ? 'domain' : 'product';
  if (line.price.startsWith('-')) return 'discount';
  if (line.unit === SETUP_UNIT && line.rel_id !== null) return 'setup';
  const ofCart = line.rel_id === null && line.unit === 'service' && last?.title != null;
  return ofCart && line.title?.includes(last?.title ?? '') === true ? 'setup' : 'other';
}

function occasionOf({ task, type }: InvoiceLineAnswer, kind: Kind): InvoiceLine['occasion'] {
  if (type === 'order' && task === 'renew') return 'renewal';
  if (kind === 'setup' || (type === 'order' && task === 'activate')) return 'new';
  return 'other';
}
