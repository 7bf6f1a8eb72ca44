/** A text, or one text for each plural form of a language; `{name}` stands for a value. */
export type Entry = string | { [form in Intl.LDMLPluralRule]?: string };
export type Params = Record<string, string | number>;

const rules = new Map<string, Intl.PluralRules>();

function pluralRules(locale: string): Intl.PluralRules {
  const known = rules.get(locale) ?? new Intl.PluralRules(locale);
  rules.set(locale, known);
  return known;
}

function choose(entry: Entry, params: Params, locale: string): string {
  if (typeof entry === 'string') return entry;
  const count = params['count'];
  const form = typeof count === 'number' ? pluralRules(locale).select(count) : 'other';
  return entry[form] ?? entry.other ?? '';
}

/** Where writing runs from right to left, what is put in keeps its own direction, and does not turn what stands around it. */
export const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur)\b/;

export function fill(entry: Entry, params: Params, locale: string): string {
  return choose(entry, params, locale).replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    const text = typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
    return RIGHT_TO_LEFT.test(locale) ? `\u2068${text}\u2069` : text;
  });
}
