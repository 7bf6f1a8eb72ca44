import { z } from 'zod';
import { createKey } from '../../../modules/api-key/create.ts';
import { listCalls } from '../../../modules/api-key/list-calls.ts';
import { listKeys } from '../../../modules/api-key/list.ts';
import { extendKey } from '../../../modules/api-key/extend.ts';
import { regenerateKey } from '../../../modules/api-key/regenerate.ts';
import { revokeKey } from '../../../modules/api-key/revoke.ts';
import { getKeyUsage } from '../../../modules/api-key/usage.ts';
import { asBoolean, asPage, flag, idFilter as id, paged, route, type Route } from '../route.ts';
import { apiKey, call, keyUsage, newApiKey } from '../key-schemas.ts';
import { pageOf } from '../schemas.ts';

const tag = 'Keys';

/** Keys and what they were used for. */
export const keyRoutes: Route[] = [
  route({
    method: 'get',
    path: '/keys',
    tag,
    summary: 'Keys, newest first',
    verb: listKeys,
    query: z.strictObject({ ...paged, view: z.enum(['usable', 'all']).optional(), resellerId: id }),
    input: ({ query }) => query,
    output: asPage,
    answer: pageOf(apiKey),
  }),
  route({
    method: 'post',
    path: '/keys',
    tag,
    summary: 'Makes a key; it is in this answer and nowhere else',
    verb: createKey,
    body: createKey.input,
    input: ({ body }) => body,
    answer: newApiKey,
    status: 201,
    shownOnce: ['key', 'signingSecret'],
  }),
  route({
    method: 'post',
    path: '/keys/{id}/revoke',
    tag,
    summary: 'Ends a key at once',
    verb: revokeKey,
    body: revokeKey.input.omit({ id: true }),
    input: ({ id, body }) => ({ ...body, id }),
    answer: apiKey,
  }),
  route({
    method: 'post',
    path: '/keys/{id}/regenerate',
    tag,
    summary: 'Makes a key in the place of another, which stays good for the overlap',
    verb: regenerateKey,
    body: regenerateKey.input.omit({ id: true }),
    input: ({ id, body }) => ({ ...body, id }),
    answer: newApiKey,
    status: 201,
    shownOnce: ['key', 'signingSecret'],
  }),
  route({
    method: 'post',
    path: '/keys/{id}/extend',
    tag,
    summary: 'Lets a key that was replaced work on for longer',
    verb: extendKey,
    body: extendKey.input.omit({ id: true }),
    input: ({ id, body }) => ({ ...body, id }),
    answer: apiKey,
  }),
  route({
    method: 'get',
    path: '/keys/{id}/usage',
    tag,
    summary: 'Calls per day, refused ones by reason, and who calls',
    verb: getKeyUsage,
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).optional() }),
    input: ({ id, query }) => ({ ...query, id }),
    answer: keyUsage,
  }),
  route({
    method: 'get',
    path: '/calls',
    tag,
    summary: 'The call log, newest first',
    verb: listCalls,
    query: z.strictObject({ ...paged, keyId: id, resellerId: id, outcome: id, requestId: id, refused: flag }),
    input: ({ query }) => asBoolean(query, 'refused'),
    output: asPage,
    answer: pageOf(call),
  }),
];
