import { page } from '$app/state';
import { move } from '#lib/bridge/move.ts';
import { innerPath, link } from '#lib/bridge/path.ts';

/** View state lives in the address (screens.md 2.5): reload, back and a shared link restore it. */
export const viewValue = (name: string): string => page.url.searchParams.get(name) ?? '';

/** A changed filter drops the place in the list; typing replaces the entry in the history, choosing adds one. */
export async function changeView(
  values: Record<string, string | null>,
  how: 'push' | 'replace' = 'push',
): Promise<void> {
  const path = innerPath(page.url).split('?')[0] ?? '/';
  const query = { ...Object.fromEntries(page.url.searchParams), after: null, page: null, ...values };
  await move(link(path, query), { reset: false, replace: how === 'replace' });
}

export const open = (path: string, query: Record<string, string | null> = {}): Promise<void> => move(link(path, query));

/** Number of the page that the address asks for, from 1. */
export const pageAsked = (): number => Math.max(1, Number(viewValue('page')) || 1);

/** Rows of a page, unless a list says otherwise. */
export const PAGE_SIZE = 25;

/** Which page of a list the address asks for. `shown`: false for a list behind another tab, which stays at its start. */
export const onePage = (shown = true, limit = PAGE_SIZE): { cursor: string | undefined; limit: number } => ({
  cursor: shown ? viewValue('after') || undefined : undefined,
  limit,
});

export const isFiltered = (names: readonly string[]): boolean => names.some((name) => viewValue(name) !== '');

export const clearView = (names: readonly string[]): Promise<void> =>
  changeView(Object.fromEntries(names.map((name) => [name, null])));
