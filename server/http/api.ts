import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { currencyCode } from '../../hooks/contract/index.ts';
import { createQuote } from '../modules/quote/create.ts';
import { quoteRequest } from '../modules/quote/schemas.ts';
import { quoteFormat } from '../pricing/formats/quote.ts';
import { ServiceError } from '../errors.ts';
import type { HttpOptions } from './app.ts';
import { describe, problems } from './api/describe.ts';
import { answer, perform } from './api/handle.ts';
import { routes } from './api/routes.ts';
import { smallBody } from './body-limit.ts';
import { problemOf } from './problem.ts';

const quoteAnswer = z.object({
  format: z.literal('quote/1'),
  quote: z.string(),
  holdsUntil: z.iso.datetime(),
  currency: currencyCode,
  taxMode: z.enum(['net', 'gross']),
  lines: quoteFormat.shape.lines,
  dueNow: z.string(),
  recurring: z.record(z.string(), z.string()),
});

const quoteRoute = createRoute({
  method: 'post',
  path: '/quotes',
  tags: ['Quotes'],
  operationId: 'quotes_create',
  summary: 'What an order would cost at wholesale, held for a while',
  description: 'Needs the scope `prices:read`. Writes nothing, so that it may be repeated at will.',
  security: [{ key: ['prices:read'] }],
  request: { body: { required: true, content: { 'application/json': { schema: quoteRequest } } } },
  responses: {
    200: { description: 'The quote', content: { 'application/json': { schema: quoteAnswer } } },
    ...problems,
  },
});

/** The reseller API, version 1: thin routes over the same verbs as tRPC. */
export function apiRoutes(options: HttpOptions): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const path = `/${issue?.path.map(String).join('/') ?? ''}`;
      return problemOf(c, 400, 'bad_input', `${path}: ${issue?.message ?? 'does not fit'}`, { path });
    },
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: rsk_live_… or rsk_test_…',
  });
  app.use(smallBody);
  // The verb checks its input; a validator before it would parse everything twice.
  app.openAPIRegistry.registerPath(quoteRoute);
  app.post('/quotes', (c) => answer(options, c, async (ctx) => c.json(await createQuote(ctx, await bodyOf(c)), 200)));
  for (const route of routes) {
    app.openAPIRegistry.registerPath(describe(route));
    app.on(route.method, route.path.replace('{id}', ':id'), (c) => answer(options, c, (ctx) => perform(route, c, ctx)));
  }
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Reseller API', version: '1' },
    servers: [{ url: '/api/v1' }],
  });
  return app;
}

async function bodyOf(c: Context): Promise<Parameters<typeof createQuote>[1]> {
  try {
    return await c.req.json();
  } catch {
    throw new ServiceError('bad_input', 'The body is not JSON.');
  }
}
