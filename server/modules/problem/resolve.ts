import { verb } from '../../verb.ts';
import { settleInput, settleProblem } from './settle.ts';

/** Closes a problem; should it be seen again, it opens anew. @throws not_found, conflict */
export const resolveProblem = verb({
  procedure: 'problems.resolve',
  permission: 'problems:repair',
  mode: 'write',
  input: settleInput,
  run: (ctx, input) => settleProblem(ctx, input, 'resolved'),
});
