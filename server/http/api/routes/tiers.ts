import { createTier } from '../../../modules/tier/create.ts';
import { listTiers } from '../../../modules/tier/list.ts';
import { removeTier } from '../../../modules/tier/remove.ts';
import { reorderTiers } from '../../../modules/tier/reorder.ts';
import { updateTier } from '../../../modules/tier/update.ts';
import { tier, tierList, tierOrder, tierRemoved } from '../provider-schemas.ts';
import { route, type Route } from '../route.ts';

const tag = 'Tiers';

/** The tiers of the programme; whoever may see them, and the provider who changes them. */
export const tierRoutes: Route[] = [
  route({
    method: 'get',
    path: '/tiers',
    tag,
    summary: 'Tiers from lowest to highest',
    verb: listTiers,
    input: () => ({}),
    output: ({ rows, programmeDiscountBp }) => ({ tiers: rows, programmeDiscountBp }),
    answer: tierList,
  }),
  route({
    method: 'post',
    path: '/tiers',
    tag,
    summary: 'Adds a tier above the others',
    verb: createTier,
    body: createTier.input,
    input: ({ body }) => body,
    answer: tier,
    status: 201,
  }),
  route({
    method: 'put',
    path: '/tiers/{id}',
    tag,
    summary: 'Sets name, rate and thresholds; new orders of its resellers cost the new rate at once',
    verb: updateTier,
    ifMatch: true,
    body: updateTier.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    answer: tier,
  }),
  route({
    method: 'post',
    path: '/tiers/{id}/remove',
    tag,
    summary: 'Deletes a tier; its resellers go to targetId',
    verb: removeTier,
    ifMatch: true,
    body: removeTier.input.omit({ id: true, version: true }),
    input: ({ id, version, body }) => ({ ...body, id, version }),
    output: ({ id, moved }) => ({ id, moved, deleted: true }),
    answer: tierRemoved,
  }),
  route({
    method: 'post',
    path: '/tiers/order',
    tag,
    summary: 'Sets the order of the tiers, from lowest to highest',
    verb: reorderTiers,
    body: reorderTiers.input,
    input: ({ body }) => body,
    answer: tierOrder,
  }),
];
