import { z } from 'zod';
import { currencyCode } from '../../../../hooks/contract/index.ts';
import { createDraft } from '../../../modules/price-version/create-draft.ts';
import { discardDraft } from '../../../modules/price-version/discard-draft.ts';
import { explorePrices } from '../../../modules/price-version/explore.ts';
import { getPreview } from '../../../modules/price-version/get-preview.ts';
import { getVersion } from '../../../modules/price-version/get.ts';
import { listRules } from '../../../modules/price-version/list-rules.ts';
import { listVersions } from '../../../modules/price-version/list.ts';
import { publishVersion } from '../../../modules/price-version/publish.ts';
import { saveChanges } from '../../../modules/price-version/save-changes.ts';
import { versionState } from '../../../modules/price-version/schemas.ts';
import { startPreview } from '../../../modules/price-version/start-preview.ts';
import { updateDraft } from '../../../modules/price-version/update-draft.ts';
import { withdrawVersion } from '../../../modules/price-version/withdraw.ts';
import {
  pricePage,
  pricePreview,
  priceVersion,
  priceVersionDetail,
  rulePage,
  savedChanges,
} from '../provider-schemas.ts';
import { asPage, idFilter, paged, route, type Route } from '../route.ts';
import { pageOf } from '../schemas.ts';

const tag = 'Prices';
const own = { id: true, version: true } as const;

/** Price versions of the provider: draft, preview, publish, and what anybody pays. */
export const priceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/prices',
    tag,
    summary: 'Every price as it is for a reseller, a tier, or nobody in particular; a page is of products',
    verb: explorePrices,
    query: z.strictObject({
      ...paged,
      currency: currencyCode,
      resellerId: idFilter,
      tierId: idFilter,
      versionId: idFilter,
      at: z.iso.datetime().optional(),
      search: z.string().max(100).optional(),
      group: z.string().max(500).optional(),
      term: z.string().max(10).optional(),
    }),
    input: ({ query }) => query,
    output: (found) => ({ ...asPage(found), currency: found.currency, at: found.at, nextChange: found.nextChange }),
    answer: pricePage,
  }),
  route({
    method: 'get',
    path: '/price-rules',
    tag,
    summary: 'Rules of one kind as they hold now, or as a version would have them',
    verb: listRules,
    query: z.strictObject({
      ...paged,
      kind: z.enum(['discount', 'book', 'floor']),
      versionId: idFilter,
      resellerId: idFilter,
      tierId: idFilter,
      product: z.string().max(500).optional(),
      group: z.string().max(500).optional(),
      currency: z.string().max(10).optional(),
    }),
    input: ({ query }) => query,
    output: (found) => ({ ...asPage(found), programme: found.programme, tiers: found.tiers }),
    answer: rulePage,
  }),
  route({
    method: 'get',
    path: '/price-versions',
    tag,
    summary: 'Price versions, newest first',
    verb: listVersions,
    query: z.strictObject({ ...paged, state: versionState.optional() }),
    input: ({ query: { state, ...query } }) => ({ ...query, ...(state === undefined ? {} : { states: [state] }) }),
    output: asPage,
    answer: pageOf(priceVersion),
  }),
  route({
    method: 'post',
    path: '/price-versions',
    tag,
    summary: 'A new, empty draft: nothing changes before it is published',
    verb: createDraft,
    body: createDraft.input,
    input: ({ body }) => body,
    answer: priceVersion,
    status: 201,
  }),
  route({
    method: 'get',
    path: '/price-versions/{id}',
    tag,
    summary: 'One version with what stands in the way of publishing it',
    verb: getVersion,
    input: ({ id }) => ({ id }),
    answer: priceVersionDetail,
  }),
  route({
    method: 'put',
    path: '/price-versions/{id}',
    tag,
    summary: 'When a draft takes effect, and what it does to running services',
    verb: updateDraft,
    ifMatch: true,
    body: updateDraft.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: priceVersion,
  }),
  route({
    method: 'post',
    path: '/price-versions/{id}/changes',
    tag,
    summary: 'Puts changes of rules into a draft, all or nothing',
    verb: saveChanges,
    ifMatch: true,
    body: saveChanges.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: savedChanges,
  }),
  route({
    method: 'post',
    path: '/price-versions/{id}/preview',
    tag,
    summary: 'Has a draft’s effect worked out; ask GET /price-previews/{id} how far it is',
    verb: startPreview,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    answer: pricePreview,
  }),
  route({
    method: 'get',
    path: '/price-previews/{id}',
    tag,
    summary: 'Progress and figures of a preview',
    verb: getPreview,
    input: ({ id }) => ({ id }),
    answer: pricePreview,
  }),
  route({
    method: 'post',
    path: '/price-versions/{id}/publish',
    tag,
    summary: 'Publishes a draft for its moment, or for now; it needs a preview that is up to date',
    verb: publishVersion,
    ifMatch: true,
    body: publishVersion.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: priceVersion,
  }),
  route({
    method: 'post',
    path: '/price-versions/{id}/withdraw',
    tag,
    summary: 'Takes a version back that has not begun',
    verb: withdrawVersion,
    ifMatch: true,
    body: withdrawVersion.input.omit(own),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: priceVersion,
  }),
  route({
    method: 'post',
    path: '/price-versions/{id}/discard',
    tag,
    summary: 'Puts a draft away for good',
    verb: discardDraft,
    ifMatch: true,
    input: ({ id, version }) => ({ id, version }),
    answer: priceVersion,
  }),
];
