/**
 * Where a value holds a text that PostgreSQL cannot store, as a JSON pointer: NUL, or half of a surrogate pair, which is
 * no character. Null when all of it can be stored.
 */
export function unstorableAt(value: unknown): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : '';
  if (typeof value !== 'object' || value === null) return null;
  for (const name in value) {
    if (!isStorable(name)) return '';
    const below = unstorableAt((value as Record<string, unknown>)[name]);
    if (below !== null) return `/${name}${below}`;
  }
  return null;
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
