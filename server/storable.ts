/**
 * Where a value holds a text that PostgreSQL cannot store, as a JSON pointer: NUL, or half of a surrogate pair, which is
 * no character. Null when all of it can be stored.
 */
export function unstorableAt(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    const found = unstorableAt(name, path) ?? unstorableAt(part, `${path}/${name}`);
    if (found !== null) return found;
  }
  return null;
}
