import { z } from 'zod';
import { listActivity } from '../../../modules/activity/list.ts';
import { listApplications } from '../../../modules/application/list.ts';
import { createReseller } from '../../../modules/reseller/create.ts';
import { getReseller } from '../../../modules/reseller/get.ts';
import { listResellers } from '../../../modules/reseller/list.ts';
import { resellerStatus } from '../../../modules/reseller/schemas.ts';
import { setStatus } from '../../../modules/reseller/set-status.ts';
import { listTiers } from '../../../modules/tier/list.ts';
import { asPage, paged, route, type Route } from '../route.ts';
import { activity, application, pageOf, reseller, tierList } from '../schemas.ts';

const id = z.string().max(60).optional();

/** What the provider's own automation uses; a reseller's keys see tiers and their own activity alone. */
export const providerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/resellers',
    tag: 'Provider',
    summary: 'Resellers with their figures',
    verb: listResellers,
    query: z.strictObject({ ...paged, search: z.string().max(100).optional() }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(reseller),
  }),
  route({
    method: 'post',
    path: '/resellers',
    tag: 'Provider',
    summary: 'Makes a client of the host a reseller',
    verb: createReseller,
    body: createReseller.input,
    input: ({ body }) => body,
    answer: reseller,
    status: 201,
  }),
  route({
    method: 'get',
    path: '/resellers/{id}',
    tag: 'Provider',
    summary: 'One reseller',
    verb: getReseller,
    input: ({ id }) => ({ id }),
    answer: reseller,
  }),
  route({
    method: 'post',
    path: '/resellers/{id}/status',
    tag: 'Provider',
    summary: 'Suspends, reactivates or terminates a reseller',
    verb: setStatus,
    ifMatch: true,
    body: setStatus.input.omit({ id: true, version: true }).extend({ status: resellerStatus }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: reseller,
  }),
  route({
    method: 'get',
    path: '/applications',
    tag: 'Provider',
    summary: 'Applications that wait for a decision, oldest first, or another view',
    verb: listApplications,
    query: z.strictObject({ ...paged, view: z.enum(['review', 'waiting', 'decided', 'all']).optional() }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(application),
  }),
  route({
    method: 'get',
    path: '/tiers',
    tag: 'Provider',
    summary: 'Tiers from lowest to highest',
    verb: listTiers,
    input: () => ({}),
    output: ({ rows, programmeDiscountBp }) => ({ tiers: rows, programmeDiscountBp }),
    answer: tierList,
  }),
  route({
    method: 'get',
    path: '/activity',
    tag: 'Provider',
    summary: 'The activity log, newest first; a reseller sees its own part',
    verb: listActivity,
    query: z.strictObject({
      ...paged,
      action: z.string().max(100).optional(),
      subjectType: z.string().max(60).optional(),
      subjectId: id,
      resellerId: id,
      requestId: id,
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
    }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(activity),
  }),
];
