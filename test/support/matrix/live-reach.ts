import { access } from '../../../server/access.ts';
import { activateTestOrder } from '../../../server/modules/test-mode/activate.ts';
import { payTestOrder } from '../../../server/modules/test-mode/pay.ts';
import { refundTestOrder } from '../../../server/modules/test-mode/refund.ts';
import { renewTestOrder } from '../../../server/modules/test-mode/renew.ts';
import { createCustomer } from '../../../server/modules/customer/create.ts';
import { saveOrderDraft } from '../../../server/modules/order-draft/save.ts';
import { placeFor, vpsLine } from '../orders.ts';
import type { Cast } from './actors.ts';
import { idPaths, prepare, put, read, unknownLike } from './ask.ts';
import type { AnyVerb } from '../../../server/verb.ts';
import { attempt, type Outcome } from './outcome.ts';
import type { Owner, World } from './world.ts';

/** What every live table holds, by its name. */
export async function liveRows(world: World): Promise<Record<string, string>> {
  const tables = await world.sql<{ name: string }>('select name from test_mode_tables()');
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ' rows, ' || coalesce(sum(hashtext(t::text)), 0) as held from ${name} t`,
  );
  const held = await world.sql<{ name: string; held: string }>(each.join(' union all '));
  return Object.fromEntries(held.map(({ name, held }) => [name, held]).toSorted());
}

/**
 * Sends a test key with a live object's ids to a procedure. Answers what it reached: an id that is not answered like one
 * that is nobody's, a live id in the answer, a fault, or a live row that is another one afterwards.
 */
export async function liveReach(world: World, cast: Cast, verb: AnyVerb): Promise<string[]> {
  const { customer, order, service } = await world.sold(world.one);
  const { input } = await prepare(world, verb, world.one);
  const ctx = await cast.testKey(world.one);
  const before = await liveRows(world);
  const wrong: string[] = [];
  const call = (given: Record<string, unknown>): Promise<Outcome> => attempt(verb, ctx, given);
  const outcome = await call(input);
  const text = JSON.stringify(outcome);
  if (!outcome.ok && outcome.code === 'internal') wrong.push(`fault: ${outcome.message}`);
  for (const id of [customer.id, order.id, service.id])
    if (outcome.ok && text.includes(`"${id}"`)) wrong.push(`shows ${id}`);
  for (const path of idPaths(input)) {
    const id = String(read(input, path));
    // What both modes share is there rightly, and refused when it would be changed.
    if (id === world.one.row.id || (!outcome.ok && outcome.code === 'forbidden')) continue;
    const unknown = unknownLike(id);
    const like = JSON.stringify(await call(put(input, path, unknown))).replaceAll(unknown, 'ID');
    if (like !== text.replaceAll(id, 'ID')) wrong.push(`${path.join('.')}: ${text}, an unknown one ${like}`);
  }
  for (const [table, held] of Object.entries(await liveRows(world)))
    if (held !== before[table]) wrong.push(`changed ${table}`);
  return wrong;
}

/** Does something of everything in test mode. */
export async function stirTestMode(world: World, owner: Owner): Promise<void> {
  const ctx = world.inTestMode(owner);
  const customer = await createCustomer(ctx, { name: 'Tess', email: `${world.unique('tess')}@example.org` });
  const { id } = await placeFor(ctx, { customerId: customer.id, idempotencyKey: world.unique('stir-test') });
  for (const step of [payTestOrder, activateTestOrder, renewTestOrder, refundTestOrder])
    await step(world.inTestMode(owner), { id });
  await saveOrderDraft(world.inTestMode(owner), { currency: 'USD', lines: [vpsLine] });
}

export const inBothModes = (procedure: string): boolean =>
  !access[procedure]!.testOnly && ['reseller', 'both', 'anyone'].includes(access[procedure]!.who);
