import { formatMinor, parseDecimal } from '../../prices/money.ts';
import { roundDecimal } from '../../prices/round.ts';
import { decimalText } from './decimal-text.ts';
import { moneyOf, times } from './host-money.ts';
import { productOfRow, type OrderRow } from './order-row.ts';
import { findSoldOrNull, type Shop } from './shop.ts';

/**
 * What the host invoices for a domain's next term, whatever its order says: the registrar's yearly renewal price × the
 * conversion rate, stored at two digits, × years. Null when the price table has no such domain any more.
 */
export function domainRenewal(shop: Shop, row: OrderRow): string | null {
  const tld = findSoldOrNull(shop, productOfRow(row))?.tld;
  const rate = shop.currencies.find(({ code }) => code === row.currency)?.conversion_rate;
  const [price, factor] = [decimalText(tld?.price_renew), decimalText(rate)];
  if (price === null || factor === null) return null;
  const { digits } = moneyOf(row.currency);
  const years = Number(row.config['register_years'] ?? 1) || 1;
  return formatMinor(
    roundDecimal(times(parseDecimal(price), parseDecimal(factor)), digits) * BigInt(Math.trunc(years)),
    digits,
  );
}
