import { HostError, type MoneyContext } from '../../contract/index.ts';
import { formatMinor, minorUnits, parseDecimal, type Decimal } from '../../prices/money.ts';
import { roundDecimal } from '../../prices/round.ts';
import { currencyDigits } from './currency-digits.ts';

/** FOSSBilling stores net amounts; tax is added per invoice. */
export function moneyOf(currency: string): MoneyContext {
  return { currency, digits: currencyDigits(currency), tax: 'net' };
}

/**
 * An amount of the host in minor units. The host keeps two digits for every currency, so amounts of one without digits
 * (JPY) are rounded half away from zero (pricing rule 2).
 */
export function toMinor(text: string, digits: number): bigint {
  return roundDecimal(parseDecimal(text), digits);
}

/** An amount of the host as the contract writes it, with the currency's digits. */
export function toAmount(text: string, digits: number): string {
  return formatMinor(toMinor(text, digits), digits);
}

/**
 * An amount of ours in minor units, exactly.
 * @throws HostError refused when the currency has fewer digits: the host would round it on its own.
 */
export function exactMinor(text: string, digits: number): bigint {
  const minor = minorUnits(text, digits);
  if (minor !== null) return minor;
  throw new HostError('refused', `The amount ${text} has more digits than the host stores for this currency.`);
}

/**
 * A price of ours in minor units, exactly.
 * @throws HostError refused when it is below zero or has too many digits.
 */
export function priceMinor(text: string, digits: number): bigint {
  const minor = exactMinor(text, digits);
  if (minor >= 0n) return minor;
  throw new HostError('refused', 'The host takes no price below zero.');
}

/** Two decimal numbers multiplied, exactly. */
export function times(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}
