import { z } from 'zod';
import { verb } from '../../verb.ts';
import { loadSection } from '../settings/load.ts';

/** Answers that reviewers use again, as the settings keep them. */
export const listReplies = verb({
  procedure: 'applications.replies',
  permission: 'applications:review',
  mode: 'read',
  input: z.object({}),
  run: async ({ em }) => ({ rows: (await loadSection(em, 'applications')).values.replies }),
});
