import { expect, test } from 'vitest';
import { keyAction } from './keys.ts';

const size = { rows: 100, cols: 5, page: 10, mirrored: false };
const press = (key: string, more: object = {}, of = size) =>
  keyAction({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }, { row: 20, col: 2 }, of);
const to = (row: number, col: number, extend = false) => ({ kind: 'go', to: { row, col }, extend });

test('keys move, far with Ctrl, and select with Shift', () => {
  expect(press('ArrowDown')).toEqual(to(21, 2));
  expect(press('ArrowUp', { shiftKey: true })).toEqual(to(19, 2, true));
  expect(press('ArrowRight', { ctrlKey: true, shiftKey: true })).toEqual(to(20, 4, true));
  expect(press('Home')).toEqual(to(20, 0));
  expect(press('End', { metaKey: true })).toEqual(to(99, 4));
  expect(press('PageUp')).toEqual(to(10, 2));
  expect(press('a', { ctrlKey: true })).toEqual({ kind: 'all' });
});

test('where text runs from right to left, so do the columns', () => {
  const mirrored = { ...size, mirrored: true };
  expect(press('ArrowLeft', {}, mirrored)).toEqual(to(20, 3));
  expect(press('ArrowRight', { ctrlKey: true }, mirrored)).toEqual(to(20, 0));
});

test('digits begin an amount, Enter changes what is there, and letters are nobody’s', () => {
  expect(press('7')).toEqual({ kind: 'type', text: '7' });
  expect(press('Enter')).toEqual({ kind: 'type', text: null });
  expect(press('Delete')).toEqual({ kind: 'clear' });
  expect(press('Escape')).toEqual({ kind: 'single' });
  expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' });
  expect(press('Z', { ctrlKey: true, shiftKey: true })).toEqual({ kind: 'redo' });
  // Copying and pasting are the browser's: it hands the clipboard over.
  for (const key of ['c', 'v']) expect(press(key, { ctrlKey: true })).toBeNull();
  expect(press('x')).toBeNull();
  expect(press('7', { altKey: true })).toBeNull();
});
