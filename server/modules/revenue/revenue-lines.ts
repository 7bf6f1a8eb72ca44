import type { InvoiceLine } from '../../../hooks/contract/index.ts';

/**
 * The lines of an invoice that count as revenue: products, domains, their setup, and discounts on them. Top-ups, late
 * fees and credit do not (pricing.md rules 27 and 28).
 */
export function revenueLines(lines: InvoiceLine[]): InvoiceLine[] {
  return lines.filter(({ kind }) => kind === 'product' || kind === 'domain' || kind === 'setup' || kind === 'discount');
}
