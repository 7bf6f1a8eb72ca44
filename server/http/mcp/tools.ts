import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import { createQuote } from '../../modules/quote/create.ts';
import type { Actor } from '../../context.ts';
import type { Verb } from '../../verb.ts';
import { routes } from '../api/routes.ts';

/** What an assistant can call: a verb, and what of its output goes out. */
export interface Tool {
  name: string;
  description: string;
  verb: Verb;
  /** Of the arguments, for the assistant; what it sends is checked by the verb. */
  schema: z.core.JSONSchema.JSONSchema;
  shown: (output: unknown) => Record<string, unknown>;
  writes: boolean;
}

function tool(name: string, verb: Verb, shown: Tool['shown'], description: string): Tool {
  const schema = z.toJSONSchema((verb.input as z.ZodObject).strict(), { io: 'input' });
  return { name, description, verb, schema, shown, writes: verb.mode !== 'read' };
}

/** The tool of an operation of the API: the same verb, and no more of its output than the API answers. */
function toolOf(name: string, procedure: string, description: string): Tool {
  const route = routes.find(({ verb }) => verb.procedure === procedure);
  if (!route) throw new Error(`The API has no ${procedure}.`);
  const shown = (output: unknown) =>
    route.answer.parse(route.output ? route.output(output as never) : output) as Record<string, unknown>;
  return tool(name, route.verb, shown, description);
}

const page = 'A page of at most `limit` rows, 25 by default; give `nextCursor` as `cursor` for the next one.';

/** To look, to ask for a price, and to order at a quoted one: all else is for programs and people. */
const tools: readonly Tool[] = [
  toolOf(
    'list_products',
    'catalogue.products',
    'What can be ordered in one currency, with wholesale and retail price of each term and option.',
  ),
  tool(
    'quote',
    createQuote as unknown as Verb,
    (output) => output as Record<string, unknown>,
    'What an order would cost at wholesale. Takes product, term and options (by option id: a choice’s id, a quantity, or true or false) as list_products names them. Answers a `quote` that holds these prices until `holdsUntil`. Orders nothing.',
  ),
  toolOf(
    'place_order',
    'orders.place',
    'Orders, which the reseller pays for. Needs the `quote` of the tool quote with the same currency and lines; show its price to the user and have it confirmed first. Make one idempotencyKey for each intention to order, and send the same one when you repeat it: it never orders twice.',
  ),
  toolOf('list_orders', 'orders.list', `Orders, newest first. ${page}`),
  toolOf('get_order', 'orders.get', 'One order with its lines, invoice and services.'),
  toolOf('list_services', 'services.list', `Services, those due next first. ${page}`),
  toolOf('get_service', 'services.get', 'One service: its state, price, next invoice, and what can be done.'),
  toolOf('list_customers', 'customers.list', `Customers by name; orders take their ids as customerId. ${page}`),
  toolOf(
    'get_account',
    'me.get',
    'Whose key this is and what it opens: company, status, tier, currency, and the discount in basis points (2000 = 20 %).',
  ),
];

/** The tools of who asks. What only its status holds back is among them, so that the call can say why. */
export function toolsOf(actor: Actor): Tool[] {
  const held = 'heldBack' in actor ? actor.heldBack?.permissions : undefined;
  return tools.filter(
    ({ verb: { permission } }) => permission === null || actor.permissions.has(permission) || held?.has(permission),
  );
}

/** A misspelt argument must not be left out in silence: an order would go to nobody, a list would show everything. */
export function requireKnownArguments({ schema }: Tool, input: Record<string, unknown>): void {
  const known = Object.keys(schema.properties ?? {});
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const taken = known.length > 0 ? `This tool takes ${known.join(', ')}.` : 'This tool takes none.';
  throw new ServiceError('bad_input', `/${unknown.slice(0, 60)}: there is no such argument. ${taken}`);
}
