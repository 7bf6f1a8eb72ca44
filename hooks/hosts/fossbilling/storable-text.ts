/** Text as the host's tables take it, which hold no characters above U+FFFF: each becomes a question mark. */
export function storableText(text: string): string {
  return text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?');
}
