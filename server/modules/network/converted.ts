import type { ServiceContext } from '../../context.ts';
import { formatAmount } from '../../money.ts';
import { parseDecimal } from '../../../hooks/prices/money.ts';
import { digitsOf } from '../catalogue/digits.ts';
import type { Amount } from '../revenue/amounts.ts';

/** A sum over currencies: approximate, with everything one needs to judge it. */
export interface Converted {
  currency: string;
  amount: string;
  rates: { currency: string; rate: string; source: 'host'; date: string }[];
  /** Currencies without a rate: they are not in the amount. */
  missing: string[];
}

/** Amounts put into one currency at the host's newest rates; null where no rates are kept. */
export async function converted({ em }: ServiceContext, amounts: Amount[], to: string): Promise<Converted | null> {
  const [kept] = await em.execute<{ there: boolean }[]>(`select to_regclass('currency_rate') is not null as there`);
  if (!kept?.there) return null;
  const rates = await em.execute<{ currency: string; rate: string; valid_from: string }[]>(
    `select distinct on (currency) currency, rate::text as rate, valid_from from currency_rate
      where base = ? order by currency, valid_from desc`,
    [to],
  );
  const digits = (await digitsOf(em))(to);
  const used: Converted['rates'] = [];
  const missing: string[] = [];
  let total = 0n;
  for (const { currency, amount } of amounts) {
    const { units, scale } = parseDecimal(amount);
    if (currency === to) {
      total += units * 10n ** BigInt(digits - Math.min(scale, digits));
      continue;
    }
    const found = rates.find((row) => row.currency === currency);
    if (!found) {
      missing.push(currency);
      continue;
    }
    const rate = parseDecimal(found.rate);
    // amount / rate, in minor units, half away from zero.
    const top = units * 10n ** BigInt(rate.scale + digits) * 2n;
    const bottom = rate.units * 10n ** BigInt(scale);
    total += (top + (units < 0n ? -bottom : bottom)) / (bottom * 2n);
    used.push({ currency, rate: found.rate, source: 'host', date: new Date(found.valid_from).toISOString() });
  }
  return { currency: to, amount: formatAmount(total, digits), rates: used, missing };
}
