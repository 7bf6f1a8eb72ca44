import { verb } from '../../verb.ts';
import { settleInput, settleProblem } from './settle.ts';

/** Says that somebody is at it: the acting admin becomes its owner. @throws not_found, conflict */
export const acknowledgeProblem = verb({
  procedure: 'problems.acknowledge',
  permission: 'problems:repair',
  mode: 'write',
  input: settleInput,
  run: (ctx, input) => settleProblem(ctx, input, 'acknowledged'),
});
