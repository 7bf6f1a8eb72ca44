import type { ApiKey } from '#lib/api/contract.ts';
import { formatDate, formatMoment } from '#lib/format/dates.ts';
import { currentLocale, maybe, t } from '#lib/messages/index.svelte.ts';

const DAY_MS = 86_400_000;
/** From so many days on one is told that a key ends (screens.md 1.3). */
const SOON = 14;

/** The state of a key as its badge shows it: one that ends soon has a state of its own. */
export function stateOf(key: ApiKey, now: number): { value: string; data: Record<string, string | number> } {
  const left = key.expiresAt ? Date.parse(key.expiresAt) - now : Infinity;
  if (key.status === 'active' && left <= SOON * DAY_MS)
    return { value: 'expiring', data: { count: Math.max(1, Math.ceil(left / DAY_MS)) } };
  const time = key.expiresAt ? formatMoment(currentLocale(), key.expiresAt) : '';
  return { value: key.status, data: { time } };
}

export const scopeName = (scope: string): string => maybe(`scope.${scope}`) ?? scope;

/** "See orders, see services" */
export const scopesText = (scopes: readonly string[]): string => {
  const words = scopes.map(scopeName);
  return words.map((text, index) => (index === 0 ? text : text.charAt(0).toLowerCase() + text.slice(1))).join(', ');
};

export const addressesText = (key: ApiKey): string =>
  key.allowlist.length === 0 ? t('keys.anywhere') : key.allowlist.join(', ');

export const untilText = (key: ApiKey): string =>
  key.expiresAt ? formatDate(currentLocale(), key.expiresAt) : t('keys.never');

export const outcomeName = (outcome: string): string => maybe(`outcome.${outcome}`) ?? outcome;

/** The root of the API: two levels above the shell of the screens. */
export const apiRoot = (): string => new URL('../../api/v1', document.baseURI).href;
/** The pages about the API, which the service serves itself. */
export const docsPage = (): string => new URL('../../docs', document.baseURI).href;
