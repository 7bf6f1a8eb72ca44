import { z } from 'zod';
import { listProducts } from '../../../modules/catalogue/list-products.ts';
import { getMe } from '../../../modules/identity/me.ts';
import { getProfile } from '../../../modules/profile/get.ts';
import { updateProfile } from '../../../modules/profile/update.ts';
import { explainPrice } from '../../../modules/quote/explain.ts';
import { getTierProgress } from '../../../modules/tier/progress.ts';
import { paged, route, type Route } from '../route.ts';
import { changedProfile, explained, me, productList, profile, tierProgress } from '../schemas.ts';

const text = z.string().max(120);

/** What can be bought, at what price, and who asks. */
export const catalogueRoutes: Route[] = [
  route({
    method: 'get',
    path: '/products',
    tag: 'Products',
    summary: 'Products with wholesale and retail prices of each term and option',
    verb: listProducts,
    query: z.strictObject({
      ...paged,
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(500)
        .optional()
        .openapi({ description: 'products of a page, 500 by default' }),
      currency: text.optional(),
      search: z.string().max(100).optional(),
      group: z.string().max(500).optional(),
    }),
    input: ({ query }) => query,
    output: ({ cursor, ...found }) => ({ ...found, nextCursor: cursor }),
    answer: productList,
  }),
  route({
    method: 'get',
    path: '/prices/explain',
    tag: 'Products',
    summary: 'Why a charge costs what it costs: every rule in its order',
    verb: explainPrice,
    query: z.strictObject({
      product: text,
      component: text,
      term: text,
      currency: text,
      charge: z.enum(['price', 'setup']).optional(),
      resellerId: text.optional(),
      at: z.iso.datetime().optional(),
    }),
    input: ({ query }) => query,
    answer: explained,
  }),
  route({
    method: 'get',
    path: '/me',
    tag: 'Profile',
    summary: 'Whose key this is, and what it opens',
    verb: getMe,
    input: () => ({}),
    answer: me,
  }),
  route({
    method: 'get',
    path: '/profile',
    tag: 'Profile',
    summary: 'The own company profile',
    verb: getProfile,
    input: () => ({}),
    answer: profile,
  }),
  route({
    method: 'patch',
    path: '/profile',
    tag: 'Profile',
    summary: 'Changes the own company profile; fields that the provider checks wait for it',
    verb: updateProfile,
    ifMatch: true,
    body: updateProfile.input.omit({ version: true }),
    input: ({ body, version }) => ({ ...body, version }),
    answer: changedProfile,
  }),
  route({
    method: 'get',
    path: '/tier',
    tag: 'Profile',
    summary: 'The own tier, and what the next one takes',
    verb: getTierProgress,
    query: z.strictObject({ resellerId: text.optional() }),
    input: ({ query }) => query,
    answer: tierProgress,
  }),
];
