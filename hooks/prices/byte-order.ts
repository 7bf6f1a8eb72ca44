/**
 * Orders text by its UTF-8 bytes. JavaScript's own `<` orders by UTF-16 units, which differs where a character above
 * U+FFFF meets one from U+E000 to U+FFFF.
 */
export function compareBytes(left: string, right: string): number {
  if (left === right) return 0;
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return codeOrder(a) - codeOrder(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for characters above U+FFFF, so they come after all other units. */
function codeOrder(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}
