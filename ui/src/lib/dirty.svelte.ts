import { untrack } from 'svelte';
import { frame } from '#lib/bridge/frame.svelte.ts';

/** Whether leaving now would lose something. The host is told, so that its own menu asks first. */
class Unsaved {
  value = $state(false);

  set(value: boolean): void {
    if (this.value === value) return;
    this.value = value;
    frame.dirty(value);
  }
}

export const unsaved = new Unsaved();

/** Keeps the mark true to a form while it is on screen. Call it while a component starts. */
export function trackUnsaved(changed: () => boolean): void {
  $effect(() => {
    const value = changed();
    untrack(() => unsaved.set(value));
  });
  $effect(() => () => unsaved.set(false));
}
