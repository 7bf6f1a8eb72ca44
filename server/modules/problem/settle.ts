import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { record } from '../activity/record.ts';
import { Problem } from './entity.ts';
import { problemRow } from './row.ts';

/** What acknowledging and resolving are asked with. */
export const settleInput = z.object({
  id: z.string().max(60),
  version: z.int(),
  /** For the provider alone. */
  note: z.string().trim().max(2000).nullable().default(null),
});

/** Moves a problem on, in the caller's transaction. @throws not_found, conflict, version_mismatch */
export async function settleProblem(
  ctx: ServiceContext,
  { id, version, note }: z.output<typeof settleInput>,
  state: 'acknowledged' | 'resolved',
) {
  const { em, actor, now } = ctx;
  const problem = await em.findOne(Problem, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!problem) throw new ServiceError('not_found', 'There is no problem with this id.');
  if (problem.version !== version) {
    throw new ServiceError('version_mismatch', 'This problem was seen again or changed meanwhile. Load it again.');
  }
  if (problem.state === 'resolved' || problem.state === state) {
    throw new ServiceError('conflict', `This problem is ${problem.state} already.`);
  }
  const before = { state: problem.state, owner: problem.owner, note: problem.note };
  problem.state = state;
  if (state === 'acknowledged') problem.owner = actor.id;
  if (note !== null) problem.note = note;
  problem.changedAt = now;
  record(ctx, {
    action: `problem.${state}`,
    subject: { type: 'problem', id },
    resellerId: problem.resellerId ?? null,
    before,
    after: { state, owner: problem.owner, note: problem.note },
    internal: true,
  });
  await em.flush();
  return problemRow(problem);
}
