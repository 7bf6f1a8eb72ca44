import { z } from 'zod';
import { approveApplication } from '../../../modules/application/approve.ts';
import { askForInformation } from '../../../modules/application/ask.ts';
import { assignApplication } from '../../../modules/application/assign.ts';
import { getApplication } from '../../../modules/application/get.ts';
import { listApplications } from '../../../modules/application/list.ts';
import { rejectApplication } from '../../../modules/application/reject.ts';
import { writeMessage } from '../../../modules/application/write-message.ts';
import { application, applicationDetail, applicationRow, written } from '../provider-schemas.ts';
import { asBoolean, asPage, flag, idFilter, paged, route, type Route } from '../route.ts';
import { pageOf } from '../schemas.ts';

const tag = 'Applications';

/** Applications to the programme, for the provider's own automation. */
export const applicationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/applications',
    tag,
    summary: 'Applications that wait for a decision, oldest first, or another view',
    verb: listApplications,
    query: z.strictObject({
      ...paged,
      view: z.enum(['review', 'waiting', 'decided', 'all']).optional(),
      assigned: idFilter,
      hasSignal: flag,
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
      search: z.string().max(100).optional(),
      sort: z.enum(['waitingSince', '-waitingSince', 'businessName', '-businessName']).optional(),
    }),
    input: ({ query }) => asBoolean(query, 'hasSignal'),
    output: asPage,
    answer: pageOf(applicationRow),
  }),
  route({
    method: 'get',
    path: '/applications/{id}',
    tag,
    summary: 'One application with answers, signals and thread',
    verb: getApplication,
    input: ({ id }) => ({ id }),
    answer: applicationDetail,
  }),
  route({
    method: 'post',
    path: '/applications/{id}/approve',
    tag,
    summary: 'Makes the applicant a reseller on these terms',
    verb: approveApplication,
    ifMatch: true,
    body: approveApplication.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: application,
  }),
  route({
    method: 'post',
    path: '/applications/{id}/reject',
    tag,
    summary: 'Rejects with a message to the applicant',
    verb: rejectApplication,
    ifMatch: true,
    body: rejectApplication.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: application,
  }),
  route({
    method: 'post',
    path: '/applications/{id}/ask',
    tag,
    summary: 'Asks the applicant for more, and which answers to correct',
    verb: askForInformation,
    ifMatch: true,
    body: askForInformation.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: application,
  }),
  route({
    method: 'post',
    path: '/applications/{id}/assign',
    tag,
    summary: 'Gives an application to a member of the staff, or with null to nobody',
    verb: assignApplication,
    ifMatch: true,
    body: assignApplication.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: application,
  }),
  route({
    method: 'post',
    path: '/applications/{id}/messages',
    tag,
    summary: 'Writes to the applicant, or a note that only the team sees',
    verb: writeMessage,
    body: writeMessage.input.omit({ id: true }),
    input: ({ id, body }) => ({ ...body, id }),
    answer: written,
    status: 201,
  }),
];
