import { goto } from '$app/navigation';
import { frame } from './frame.svelte.ts';

/** How the address that is gone to next stands in the history; what nobody moved to makes no step. */
export const step = { next: 'replace' as 'push' | 'replace' };

/** Goes to an address of the frame, as a step that Back undoes, or in place of the present one. */
export async function move(url: string | URL, options: { replace?: boolean; reset?: boolean } = {}): Promise<void> {
  const { replace = false, ...more } = options;
  step.next = replace ? 'replace' : 'push';
  await goto(url, { ...more, replace: replace || frame.leavesHistory });
}
