/** Codes that are names in CLDR and no countries: unions, outlying groups, pseudo regions. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA']);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country with its name in the language, sorted by name. */
export function countriesIn(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  const seen = new Set<string>();
  const collator = new Intl.Collator(locale);
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .flatMap((code) => {
      const name = NO_COUNTRIES.has(code) ? undefined : names.of(code);
      // A code that was replaced has its successor's name.
      if (!name || seen.has(name)) return [];
      seen.add(name);
      return [{ code, name }];
    })
    .toSorted((left, right) => collator.compare(left.name, right.name));
}

export const countryName = (locale: string, code: string): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;
