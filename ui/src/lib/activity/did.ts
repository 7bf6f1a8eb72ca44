import type { ActivityRow } from '#lib/api/contract.ts';
import { maybe } from '#lib/messages/index.svelte.ts';
import { plainAction } from './diff.ts';

/** What was done, in the words of the portal. */
export const whatWasDone = ({ action }: ActivityRow): string => maybe(`did.${action}`) ?? plainAction(action);
