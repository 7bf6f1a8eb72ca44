/** Currencies whose ISO 4217 minor unit is none. */
const NO_DIGITS = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'ISK',
  'JPY',
  'KMF',
  'KRW',
  'PYG',
  'RWF',
  'UGX',
  'UYI',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
]);

/** FOSSBilling stores amounts with two digits, so currencies with three or four by ISO have two here (rule 2). */
export function currencyDigits(code: string): number {
  return NO_DIGITS.has(code) ? 0 : 2;
}
