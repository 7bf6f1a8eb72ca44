import { parseDecimal, type Decimal } from '../../prices/money.ts';
import { isYes, type HostTld } from './answers.ts';
import { decimalText, type LooseNumber } from './decimal-text.ts';

/** One component of a domain in base currency, for the whole term; null = the host does not allow it. */
export interface DomainPrice {
  readonly id: 'register' | 'renew' | 'transfer';
  readonly term: string;
  readonly price: Decimal | null;
}

/**
 * The amounts of a top level domain for its shortest term, as the host charges them (rule 15): a registration of n
 * years costs one registration and n − 1 renewals, a renewal n times the yearly price, a transfer its price once.
 */
export function domainPrices(tld: HostTld): DomainPrice[] {
  const years = minimumYears(tld.min_years);
  const term = `${years}Y`;
  const [register, renew] = [amount(tld.price_registration), amount(tld.price_renew)];
  const further = years === 1n ? NOTHING : renew && times(renew, years - 1n);
  const registration = register && further && plus(register, further);
  return [
    { id: 'register', term, price: isYes(tld.allow_register ?? true) ? registration : null },
    { id: 'renew', term, price: renew && times(renew, years) },
    { id: 'transfer', term, price: isYes(tld.allow_transfer ?? true) ? amount(tld.price_transfer) : null },
  ];
}

const NOTHING: Decimal = { units: 0n, scale: 0 };

function minimumYears(value: LooseNumber): bigint {
  const { units, scale } = parseDecimal(decimalText(value) ?? '1');
  return scale === 0 && units > 1n ? units : 1n;
}

function amount(value: LooseNumber): Decimal | null {
  const text = decimalText(value);
  return text === null ? null : parseDecimal(text);
}

function times({ units, scale }: Decimal, count: bigint): Decimal {
  return { units: units * count, scale };
}

function plus(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  const at = (value: Decimal): bigint => value.units * 10n ** BigInt(scale - value.scale);
  return { units: at(left) + at(right), scale };
}
