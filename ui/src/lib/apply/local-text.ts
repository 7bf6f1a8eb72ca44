/** A text that the provider wrote in several languages, in the one of the screen: `de-AT`, else `de`, else English. */
export function localText(texts: Readonly<Record<string, string>> | undefined, locale: string): string {
  if (!texts) return '';
  return texts[locale] ?? texts[locale.split('-')[0] ?? ''] ?? texts['en'] ?? Object.values(texts)[0] ?? '';
}
