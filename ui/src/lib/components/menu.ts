import type { Component } from 'svelte';

/** An action in the menu of a row. */
export interface MenuItem {
  label: string;
  icon: Component;
  danger?: boolean;
  act: () => void;
}
