import type { ActivityRow } from '#lib/api/contract.ts';
import { maybe } from '#lib/messages/index.svelte.ts';
import { plainAction } from './diff.ts';

/** What happened, in the words of the provider's side. */
export const whatHappened = ({ action }: Pick<ActivityRow, 'action'>): string =>
  maybe(`activityPart.${action}`) ?? plainAction(action);
