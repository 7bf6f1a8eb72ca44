import { intakeRequest, type HostEvent } from '../../contract/index.ts';
import { errorResponse } from '../../transport/error-status.ts';
import type { InstallationKeys } from '../../transport/keys.ts';
import { PluginError } from '../../transport/plugin-error.ts';
import { verifyRequest } from '../../transport/verify.ts';
import type { ReferencePlugin } from './reference-plugin.ts';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The reference plugin at its real addresses below /hooks/v1, signatures checked, for a bridge of any language. */
export function serveReferencePlugin(
  plugin: ReferencePlugin,
  keys: InstallationKeys,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (plugin.away) return errorResponse(503, 'unavailable', 'Away, as the suite wants it.');
    const { pathname, searchParams } = new URL(request.url);
    const method = pathname.endsWith('/events') ? 'POST' : 'GET';
    const options = { keys, direction: 'hostToPlugin', nowMs: Date.now(), method, maxBytes: MAX_BODY_BYTES } as const;
    const verified = await verifyRequest(request, options);
    if (!verified.ok) return errorResponse(verified.status, verified.code, verified.message);
    try {
      if (method === 'POST') return await takeEvents(plugin, verified.payload);
      return await answer(plugin, pathname, searchParams, request.headers.get('if-none-match'));
    } catch (error) {
      if (error instanceof PluginError) return errorResponse(404, 'not_found', error.message);
      return errorResponse(400, 'bad_request', 'This cannot be read.');
    }
  };
}

async function takeEvents(plugin: ReferencePlugin, body: string): Promise<Response> {
  const { events } = intakeRequest.parse(JSON.parse(body));
  const results = await plugin.port.sendEvents(events as unknown as HostEvent[]);
  return plugin.answersLost ? errorResponse(504, 'unavailable', 'The answer is lost.') : Response.json({ results });
}

async function answer(
  { port }: ReferencePlugin,
  path: string,
  query: URLSearchParams,
  tag: string | null,
): Promise<Response> {
  const [, kind, hash = ''] = /\/price-lists\/(index|lists|pages|chunks)\/?([^/]*)$/.exec(path) ?? [];
  if (kind === 'lists') return Response.json(await port.pullList(hash));
  if (kind === 'pages') return Response.json(await port.pullPage(hash));
  if (kind === 'chunks') return Response.json({ chunks: await port.pullChunks(query.getAll('hash')) });
  if (kind !== 'index') throw new PluginError('not_found');
  const held = await port.pullIndex(tag?.replaceAll('"', '') ?? null);
  return held.changed ? Response.json(held.index) : new Response(null, { status: 304 });
}
