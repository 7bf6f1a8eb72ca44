/** Text that is HTML already. Only `html` and `join` make it. */
export interface HtmlText {
  readonly text: string;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** HTML with everything that is filled in escaped, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...values: (string | HtmlText)[]): HtmlText {
  const filled = values.map((value) =>
    typeof value === 'string' ? value.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? '') : value.text,
  );
  return { text: parts.map((part, index) => part + (filled[index] ?? '')).join('') };
}

/** Pieces of HTML one after the other. */
export function join(pieces: readonly HtmlText[]): HtmlText {
  return { text: pieces.map(({ text }) => text).join('') };
}
