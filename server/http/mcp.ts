import { createMcpHandler, fromJsonSchema, type JsonSchemaType, McpServer } from '@modelcontextprotocol/server';
import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ServiceContext } from '../context.ts';
import { answer, bodyOf, type Noted } from './api/handle.ts';
import type { HttpOptions } from './app.ts';
import { smallBody } from './body-limit.ts';
import { logFailure } from './failure.ts';
import { toolRefusal } from './mcp/refusal.ts';
import { requireKnownArguments, type Tool, toolsOf } from './mcp/tools.ts';

const INSTRUCTIONS = `The reseller programme of a hosting provider. Amounts are decimal texts with their currency beside them, moments are UTC.
To order: list_products, quote, show the price, place_order with that quote. A refusal has a stable code, and says what to do.`;

/**
 * The Model Context Protocol over streamable HTTP, without sessions: each POST is let in, counted and logged like a call
 * of the API, and sees the tools that the key's scopes open.
 */
export function mcpRoutes(options: HttpOptions): Hono {
  const app = new Hono();
  app.post('/', smallBody, (c) => answer(options, c, (ctx, noted) => serve(options, c, ctx, noted)));
  // Clients ask for a stream of messages that nobody asked for; there are none.
  app.all('/', (c) => c.body(null, 405, { allow: 'POST' }));
  return app;
}

async function serve({ log }: HttpOptions, c: Context, ctx: ServiceContext, noted: Noted): Promise<Response> {
  // One message each: in a batch a hundred calls would count as one.
  const parsedBody = bodyOf(await c.req.text());
  // Until a tool says otherwise: one that is not listed is never reached.
  if (parsedBody['method'] === 'tools/call') noted.outcome = 'not_found';
  let failure: Error | undefined;
  const handler = createMcpHandler(() => serverFor(ctx, noted, (error) => logFailure(log, 'POST', c.req.path, error)), {
    // A subscription would outlive its key, and nothing changes that it could tell of.
    maxSubscriptions: 0,
    onerror: (error) => {
      failure = error;
    },
  });
  const response = await handler.fetch(c.req.raw, { parsedBody });
  if (response.status >= 500) throw failure ?? new Error(`The protocol answered ${response.status}.`);
  if (response.status >= 400) noted.outcome = `http_${response.status}`;
  // To the end: only then is it known how the call went. A new response, since this one has none of the headers set before.
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  return text === ''
    ? c.body(null, response.status as 202, headers)
    : c.body(text, response.status as ContentfulStatusCode, { ...headers, 'cache-control': 'no-store' });
}

function serverFor(ctx: ServiceContext, noted: Noted, failed: (error: unknown) => string): McpServer {
  const server = new McpServer(
    { name: 'reseller', version: '1' },
    { instructions: INSTRUCTIONS, capabilities: { tools: { listChanged: false } } },
  );
  for (const tool of toolsOf(ctx.actor)) {
    const { name, description, schema, writes } = tool;
    const annotations = {
      readOnlyHint: !writes,
      // Clients ask their user before such a call.
      destructiveHint: writes,
      idempotentHint: true,
      openWorldHint: false,
    };
    server.registerTool(name, { description, inputSchema: uncheckedBy(schema), annotations }, async (input) => {
      noted.path = `/mcp/${name}`;
      try {
        const result = asContent(await run(tool, ctx, input));
        delete noted.outcome;
        return result;
      } catch (error) {
        const refusal = toolRefusal(error, ctx.requestId, () => failed(error));
        noted.outcome = refusal.code;
        return { ...asContent({ ...refusal }), isError: true };
      }
    });
  }
  return server;
}

async function run(tool: Tool, ctx: ServiceContext, input: Record<string, unknown>) {
  requireKnownArguments(tool, input);
  return tool.shown(await tool.verb(ctx, input));
}

/** The verb checks its input, and refuses in the words of the API. */
const uncheckedBy = (schema: Tool['schema']) =>
  fromJsonSchema<Record<string, unknown>>(schema as object as JsonSchemaType, {
    getValidator: () => (data) => ({ valid: true, data: data as never, errorMessage: undefined }),
  });

const asContent = (result: Record<string, unknown>) => ({
  content: [{ type: 'text' as const, text: JSON.stringify(result) }],
  structuredContent: result,
});
