import type { KeysOverview } from '#lib/api/contract.ts';

export type Scope = KeysOverview['scopes'][number];

/** What most keys are for; `own` is chosen one by one. */
export const PRESETS = ['read', 'orders', 'all', 'own'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a shop or a billing system needs to sell: it sees all it orders for, and changes nothing of the account. */
const ORDERS: ReadonlySet<string> = new Set([
  'billing:read',
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'prices:read',
  'services:read',
]);

/** The scopes of a preset among those that may be given. */
export function scopesOf(preset: Exclude<Preset, 'own'>, offered: readonly Scope[]): Scope[] {
  if (preset === 'all') return [...offered];
  return offered.filter((scope) => (preset === 'read' ? scope.endsWith(':read') : ORDERS.has(scope)));
}

/** Which preset a key's scopes are; `own` when none. */
export function presetOf(scopes: readonly string[], offered: readonly Scope[]): Preset {
  const same = (other: readonly string[]): boolean =>
    other.length === scopes.length && other.every((scope) => scopes.includes(scope));
  return (['read', 'orders', 'all'] as const).find((preset) => same(scopesOf(preset, offered))) ?? 'own';
}

/** One address or range a line, as somebody types it. */
export const addressesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((part) => part.trim())
      .filter(Boolean),
  ),
];
