/** Basis points as percent with as many decimals as they have: 1250 → "12.5 %". */
export function formatBp(locale: string, bp: number): string {
  const digits = bp % 100 === 0 ? 0 : bp % 10 === 0 ? 1 : 2;
  return `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(bp / 100)} %`;
}

/** A computed share: one decimal is enough. */
export function formatShare(locale: string, bp: number): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${format.format(bp / 100).replace('-', '−')} %`;
}

/** A typed percentage, "12.5" or "12,5", in basis points; null when it is none or has more than two decimals. */
export function readBp(typed: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.replaceAll(/[\s%]/g, ''));
  if (!match) return null;
  const bp = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return bp <= 10_000 ? bp : null;
}
