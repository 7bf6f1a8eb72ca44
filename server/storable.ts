/**
 * Where a value holds a text that PostgreSQL cannot store, as a JSON pointer: NUL, or half of a surrogate pair, which is
 * no character. Null when all of it can be stored.
 */
export function unstorableAt(value: unknown): string | null {
  return isEscaped(value) ? walk(value) : null;
}

/** JSON writes both as escapes. It is a quick look at the whole: walking an order of 20 lines costs as much as pricing it. */
function isEscaped(value: unknown): boolean {
  try {
    const text = JSON.stringify(value) ?? '';
    return text.includes('\\u0000') || text.includes('\\ud');
  } catch {
    // A bigint, which JSON does not have.
    return true;
  }
}

function walk(value: unknown): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : '';
  if (typeof value !== 'object' || value === null) return null;
  for (const name in value) {
    if (!isStorable(name)) return '';
    const below = walk((value as Record<string, unknown>)[name]);
    if (below !== null) return `/${name}${below}`;
  }
  return null;
}

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
