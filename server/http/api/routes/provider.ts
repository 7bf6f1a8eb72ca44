import { z } from 'zod';
import { listActivity } from '../../../modules/activity/list.ts';
import { acknowledgeProblem } from '../../../modules/problem/acknowledge.ts';
import { listProblems } from '../../../modules/problem/list.ts';
import { resolveProblem } from '../../../modules/problem/resolve.ts';
import { listDifferences } from '../../../modules/reconcile/list.ts';
import { repairDifference } from '../../../modules/reconcile/repair.ts';
import { runReconcile } from '../../../modules/reconcile/run.ts';
import { difference, problem, reconcileRun } from '../provider-schemas.ts';
import { asPage, idFilter, paged, route, type Route } from '../route.ts';
import { activity, pageOf } from '../schemas.ts';

const tag = 'Operation';
const own = { id: true, version: true } as const;

/** What the provider watches; a reseller's keys see their own activity alone. */
export const providerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/activity',
    tag,
    summary: 'The activity log, newest first; a reseller sees its own part',
    verb: listActivity,
    query: z.strictObject({
      ...paged,
      action: z.string().max(100).optional(),
      subjectType: z.string().max(60).optional(),
      subjectId: idFilter,
      resellerId: idFilter,
      requestId: idFilter,
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(activity),
  }),
  route({
    method: 'get',
    path: '/problems',
    tag,
    summary: 'What the provider must look at, last seen first',
    verb: listProblems,
    query: z.strictObject({
      ...paged,
      state: problem.shape.state.optional(),
      severity: problem.shape.severity.optional(),
      resellerId: idFilter,
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(problem),
  }),
  route({
    method: 'post',
    path: '/problems/{id}/acknowledge',
    tag,
    summary: 'Says that somebody looks after a problem',
    verb: acknowledgeProblem,
    ifMatch: true,
    body: acknowledgeProblem.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: problem,
  }),
  route({
    method: 'post',
    path: '/problems/{id}/resolve',
    tag,
    summary: 'Closes a problem; should it be seen again, it opens anew',
    verb: resolveProblem,
    ifMatch: true,
    body: resolveProblem.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: problem,
  }),
  route({
    method: 'post',
    path: '/reconcile',
    tag,
    summary: 'Compares with the host now; answers every open difference',
    verb: runReconcile,
    input: () => ({}),
    answer: reconcileRun,
  }),
  route({
    method: 'get',
    path: '/differences',
    tag,
    summary: 'Open differences between host and plugin, newest first',
    verb: listDifferences,
    query: z.strictObject({ ...paged, resellerId: idFilter }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(difference),
  }),
  route({
    method: 'post',
    path: '/differences/{id}/repair',
    tag,
    summary: 'Brings host and plugin back in line on one difference',
    verb: repairDifference,
    input: ({ id }) => ({ id }),
    answer: difference,
  }),
];
