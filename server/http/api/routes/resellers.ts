import { z } from 'zod';
import { addNote } from '../../../modules/note/add.ts';
import { listNotes } from '../../../modules/note/list.ts';
import { createReseller } from '../../../modules/reseller/create.ts';
import { getResellerDetails } from '../../../modules/reseller/details.ts';
import { getReseller } from '../../../modules/reseller/get.ts';
import { listResellers } from '../../../modules/reseller/list.ts';
import { resellerStatus } from '../../../modules/reseller/schemas.ts';
import { setStatus } from '../../../modules/reseller/set-status.ts';
import { setTerms } from '../../../modules/reseller/set-terms.ts';
import { updateReseller } from '../../../modules/reseller/update.ts';
import { pinTier } from '../../../modules/tier/pin.ts';
import { changedAccount, note, pinned, resellerProfile } from '../provider-schemas.ts';
import { asBoolean, asPage, flag, idFilter, paged, route, type Route } from '../route.ts';
import { pageOf, reseller } from '../schemas.ts';

const tag = 'Resellers';

/** Resellers and their terms, for the provider's own automation. */
export const resellerRoutes: Route[] = [
  route({
    method: 'get',
    path: '/resellers',
    tag,
    summary: 'Resellers with their figures',
    verb: listResellers,
    query: z.strictObject({
      ...paged,
      search: z.string().max(100).optional(),
      status: resellerStatus.optional(),
      tierId: idFilter,
      standing: z.enum(['holding', 'upgrade_ready', 'at_risk', 'pinned']).optional(),
      country: z.string().length(2).optional(),
      tag: idFilter,
      apiEnabled: flag,
      hasPriceBook: flag,
      since: z.iso.datetime().optional(),
      sort: listResellers.input.shape.sort.unwrap().optional(),
    }),
    input: ({ query }) => asBoolean(query, 'apiEnabled', 'hasPriceBook'),
    output: asPage,
    answer: pageOf(reseller),
  }),
  route({
    method: 'post',
    path: '/resellers',
    tag,
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
    tag,
    summary: 'One reseller',
    verb: getReseller,
    input: ({ id }) => ({ id }),
    answer: reseller,
  }),
  route({
    method: 'get',
    path: '/resellers/{id}/profile',
    tag,
    summary: 'Company data and account of a reseller',
    verb: getResellerDetails,
    input: ({ id }) => ({ id }),
    answer: resellerProfile,
  }),
  route({
    method: 'patch',
    path: '/resellers/{id}/profile',
    tag,
    summary: 'Changes company data and account; fields that are left out stay',
    verb: updateReseller,
    ifMatch: true,
    body: updateReseller.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: changedAccount,
  }),
  route({
    method: 'post',
    path: '/resellers/{id}/status',
    tag,
    summary: 'Suspends, reactivates or terminates a reseller',
    verb: setStatus,
    ifMatch: true,
    body: setStatus.input.omit({ id: true, version: true }).extend({ status: resellerStatus }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: reseller,
  }),
  route({
    method: 'post',
    path: '/resellers/{id}/terms',
    tag,
    summary: 'Sets tier and own rate; new orders cost the new prices at once',
    verb: setTerms,
    ifMatch: true,
    body: setTerms.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: reseller,
  }),
  route({
    method: 'post',
    path: '/resellers/{id}/pin',
    tag,
    summary: 'Holds a reseller in its tier, or lets the rules move it again; the ETag is the reseller’s',
    verb: pinTier,
    ifMatch: true,
    body: pinTier.input.omit({ resellerId: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, resellerId: id, version }),
    answer: pinned,
  }),
  route({
    method: 'get',
    path: '/resellers/{id}/notes',
    tag,
    summary: 'The provider’s notes about a reseller',
    verb: listNotes,
    query: z.strictObject(paged),
    input: ({ id, query }) => ({ ...query, resellerId: id }),
    output: asPage,
    answer: pageOf(note),
  }),
  route({
    method: 'post',
    path: '/resellers/{id}/notes',
    tag,
    summary: 'Adds a note that only the team sees',
    verb: addNote,
    body: addNote.input.omit({ resellerId: true }),
    input: ({ id, body }) => ({ ...body, resellerId: id }),
    answer: note,
    status: 201,
  }),
];
