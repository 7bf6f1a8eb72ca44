import type { Place } from './rows.ts';

/** What a key does in the grid (the ARIA pattern of a grid, with a spreadsheet's typing and taking back). */
export type KeyAction =
  | { kind: 'go'; to: Place; extend: boolean }
  /** Begins to type: over what is there (null), or in its place. */
  | { kind: 'type'; text: string | null }
  | { kind: 'all' | 'single' | 'clear' | 'undo' | 'redo' };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

interface Size {
  rows: number;
  cols: number;
  /** Rows of a page. */
  page: number;
  /** Written from right to left: columns run the other way. */
  mirrored: boolean;
}

/** Null: the key is none of the grid's. */
export function keyAction(
  { key, ctrlKey, metaKey, shiftKey, altKey }: Key,
  { row, col }: Place,
  { rows, cols, page, mirrored }: Size,
): KeyAction | null {
  const far = ctrlKey || metaKey;
  const go = (to: Place): KeyAction => ({ kind: 'go', to, extend: shiftKey });
  if (altKey) return null;
  switch (key) {
    case 'ArrowUp':
      return go({ row: far ? 0 : row - 1, col });
    case 'ArrowDown':
      return go({ row: far ? rows - 1 : row + 1, col });
    case 'ArrowLeft':
    case 'ArrowRight': {
      const on = (key === 'ArrowRight') !== mirrored;
      if (far) return go({ row, col: on ? cols - 1 : 0 });
      return go({ row, col: on ? col + 1 : col - 1 });
    }
    case 'Home':
      return go({ row: far ? 0 : row, col: 0 });
    case 'End':
      return go({ row: far ? rows - 1 : row, col: cols - 1 });
    case 'PageUp':
      return go({ row: row - page, col });
    case 'PageDown':
      return go({ row: row + page, col });
    case 'Enter':
    case 'F2':
      return { kind: 'type', text: null };
    case 'Escape':
      return { kind: 'single' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' };
  }
  if (far) {
    const command = { a: 'all', y: 'redo', z: shiftKey ? 'redo' : 'undo' } as const;
    const kind = command[key.toLowerCase() as keyof typeof command];
    return kind ? { kind } : null;
  }
  return /^[\d.,]$/.test(key) ? { kind: 'type', text: key } : null;
}
