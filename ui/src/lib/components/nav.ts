import type { MessageKey } from '#lib/messages/index.svelte.ts';
import type { Permission } from '#lib/session.svelte.ts';

/** What waits behind an entry: how it is counted, what moves the count, and what it is called. */
export interface NavCounter {
  read: () => Promise<number>;
  follows: string[];
  label: MessageKey;
}

export interface NavItem {
  path: string;
  label: MessageKey;
  /** What one must be allowed to do to see it. */
  scope: Permission;
  /** The screen says itself what is there for those who may not. */
  forAll?: true;
  /** First of a group. */
  begins?: boolean;
  /** Name of the group that folds into one button where there is no room for its items. */
  group?: MessageKey;
  counter?: NavCounter;
}

/** The entry that a path belongs to, by the longest address it begins with: "/orders/new" is New order, not Orders. */
export const itemAt = (items: readonly NavItem[], path: string): NavItem | undefined =>
  items
    .filter((item) => path === item.path || path.startsWith(`${item.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
