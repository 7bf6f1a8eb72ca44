import { frame } from '#lib/bridge/frame.svelte.ts';

/** What the two live regions of the app say. */
class Announcements {
  polite = $state('');
  assertive = $state('');
}

export const announcements = new Announcements();

export function announce(text: string): void {
  announcements.polite = text;
}

/** Tells the user that something was done: a toast of the host, and the polite live region. */
export function confirmDone(text: string): void {
  frame.toast('success', text);
  announcements.polite = text;
}

/** Tells the user that something failed or ended, at once. */
export function warn(text: string): void {
  announcements.assertive = text;
}
