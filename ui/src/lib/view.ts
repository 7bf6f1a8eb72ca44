import { goto } from '$app/navigation';
import { page } from '$app/state';
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
  await goto(link(path, query), { reset: false, replace: how === 'replace' });
}

export const open = (path: string, query: Record<string, string | null> = {}): Promise<void> => goto(link(path, query));
