import { access, type Access } from '../../../server/access.ts';
import type { ServiceContext } from '../../../server/context.ts';
import type { Permission } from '../../../server/permissions.ts';
import type { Cast } from './actors.ts';
import { actorFor, fieldsOf, idPaths, ownerFor, prepare, put, read, unknownLike } from './ask.ts';
import type { AnyVerb } from '../../../server/verb.ts';
import { attempt, type Outcome, wordOf } from './outcome.ts';
import type { Owner, World } from './world.ts';

export type Kind = keyof typeof actors;

/** Every kind of actor that the walk sends to a procedure, and what it takes to make one. */
const actors = {
  admin: (cast: Cast) => cast.admin(),
  'admin without the scope': (cast: Cast, _owner: Owner, scope: Permission | null) => cast.admin(scope),
  reseller: (cast: Cast, owner: Owner) => cast.reseller(owner),
  'suspended reseller': (cast: Cast, owner: Owner) => cast.at('suspended', owner),
  'inactive reseller': (cast: Cast, owner: Owner) => cast.at('inactive', owner),
  'terminated reseller': (cast: Cast, owner: Owner) => cast.at('terminated', owner),
  'admin who views as the reseller': (cast: Cast, owner: Owner) => cast.viewAs(owner),
  'key of the reseller': (cast: Cast, owner: Owner) => cast.key(owner),
  'key without the scope': (cast: Cast, owner: Owner, scope: Permission | null) => cast.key(owner, scope),
  'test key of the reseller': (cast: Cast, owner: Owner) => cast.testKey(owner),
  'key of a suspended reseller': (cast: Cast, owner: Owner) => cast.key(owner, null, 'suspended'),
  'client who is no reseller': (cast: Cast) => cast.client(),
  'the host': (cast: Cast) => cast.host(),
} satisfies Record<string, (cast: Cast, owner: Owner, scope: Permission | null) => Promise<ServiceContext>>;

/** What the table says each kind of actor gets: "ok", or the code of the refusal. */
function expected(row: Access, mode: AnyVerb['mode'], kind: Kind): string {
  if (kind === 'test key of the reseller') return row.testOnly ? 'ok' : 'not walked';
  const said = expectedLive(row, mode, kind);
  return row.testOnly && said === 'ok' ? 'forbidden' : said;
}

function expectedLive(row: Access, mode: AnyVerb['mode'], kind: Exclude<Kind, 'test key of the reseller'>): string {
  const { permission, who } = row;
  const may = (...audiences: Access['who'][]) => (audiences.includes(who) || who === 'anyone' ? 'ok' : 'forbidden');
  const reseller = may('reseller', 'both');
  const needs = row.hides ?? permission;
  const reading = needs === null || /:(read|manage)$/.test(needs);
  const heldBack = (code: string, goesOn: boolean) => {
    if (reseller !== 'ok') return reseller;
    if (goesOn && (mode === 'read' || row.whileHeldBack)) return 'ok';
    return row.hides ? 'not_found' : code;
  };
  switch (kind) {
    case 'admin':
      return may('provider', 'both');
    case 'admin without the scope':
      return permission === null ? may('provider', 'both') : 'forbidden';
    case 'reseller':
      return reseller;
    case 'key of the reseller':
      return row.inPerson ? 'forbidden' : reseller;
    case 'suspended reseller':
      return heldBack('reseller_suspended', reading);
    case 'inactive reseller':
      return heldBack('reseller_inactive', reading);
    case 'terminated reseller':
      return heldBack('reseller_inactive', needs === null || ['billing:read', 'activity:read'].includes(needs));
    case 'admin who views as the reseller':
      return mode === 'read' ? reseller : 'forbidden';
    case 'key without the scope':
      if (row.hides) return reseller;
      return permission === null ? reseller : 'forbidden';
    case 'key of a suspended reseller':
      return heldBack('reseller_suspended', needs === null);
    case 'client who is no reseller':
      return row.hides ? 'not_found' : may('applicant');
    case 'the host':
      return row.hides ? 'not_found' : may('host');
  }
}

/** How each kind of actor fares with a rightful call, beside what the table says. */
export async function walk(world: World, cast: Cast, verb: AnyVerb, only?: readonly Kind[]) {
  const row = access[verb.procedure]!;
  const said: Record<string, string> = {};
  const got: Record<string, string> = {};
  const shared = await prepare(world, verb, world.one);
  // What a test key gets of the rest is another question: see liveReach.
  const wanted = new Map(
    (only ?? (Object.keys(actors) as Kind[]))
      .map((kind) => [kind, expected(row, verb.mode, kind)] as const)
      .filter(([, word]) => word !== 'not walked'),
  );
  const kinds = [...wanted.keys()];
  // Refusals first: they use nothing up.
  for (const kind of kinds.toSorted((a, b) => Number(wanted.get(a) === 'ok') - Number(wanted.get(b) === 'ok'))) {
    const used = wanted.get(kind) === 'ok' && verb.mode !== 'read';
    const { input, as } = used ? await prepare(world, verb, world.one) : shared;
    let ctx = await actors[kind](cast, world.one, row.permission);
    if (kind === 'client who is no reseller' && as && wanted.get(kind) === 'ok') ctx = as;
    said[kind] = wanted.get(kind)!;
    const outcome = await attempt(verb, ctx, aimed(verb, ctx, input, world));
    const named = outcome.ok || row.permission === null || outcome.message.includes(`"${row.permission}"`);
    got[kind] = wordOf(outcome) + (kind.endsWith('without the scope') && !named ? ', not for its scope' : '');
    // Whoever looks on is refused for that, before anything else may be.
    const looksOn = kind === 'admin who views as the reseller' && verb.mode !== 'read';
    if (looksOn && ['reseller', 'both'].includes(row.who) && !outcome.ok && !outcome.message.includes('read-only'))
      got[kind] += ', not for looking on';
  }
  return { said, got };
}

/** An admin has to say whose figures it wants. */
function aimed(verb: AnyVerb, { actor }: ServiceContext, input: Record<string, unknown>, world: World) {
  const must = actor.kind === 'admin' && access[verb.procedure]!.who === 'both';
  return must && fieldsOf(verb).includes('resellerId') ? { resellerId: world.one.row.id, ...input } : input;
}

/** The ids of `owner` for fields that an input may name but need not. */
const namesOf: Record<string, (world: World, owner: Owner) => Promise<string>> = {
  customerId: async (world, owner) => (await world.sold(owner)).customer.id,
  orderId: async (world, owner) => (await world.sold(owner)).order.id,
  serviceId: async (world, owner) => (await world.sold(owner)).service.id,
  resellerId: async (_world, owner) => owner.row.id,
};

/**
 * Calls with one id of another reseller in an otherwise rightful call, and with an id that is nobody's: both must end the
 * same, to the letter. Answers what ended otherwise, and how often it was tried.
 */
export async function foreignIds(world: World, cast: Cast, verb: AnyVerb) {
  const { who } = access[verb.procedure]!;
  if (who !== 'reseller' && who !== 'both' && who !== 'anyone') return { tried: 0, wrong: [] };
  const theirs = (await prepare(world, verb, world.one)).input;
  for (const field of fieldsOf(verb)) {
    const name = namesOf[field];
    // Of an order and its service a ticket is about one.
    if (name && !(field in theirs) && verb.procedure !== 'tickets.link') theirs[field] = await name(world, world.one);
  }
  const wrong: object[] = [];
  const paths = idPaths(theirs);
  for (const path of paths) {
    const id = read(theirs, path) as string;
    const end = async (given: string): Promise<Outcome> => {
      const own = (await prepare(world, verb, world.other)).input;
      const outcome = await attempt(verb, await ownerFor(cast, verb, world.other), put(own, path, given));
      return JSON.parse(JSON.stringify(outcome).replaceAll(given, 'ID')) as Outcome;
    };
    const foreign = await end(id);
    const unknown = await end(unknownLike(id));
    const name = path.join('.');
    if (scrubbed(foreign) !== scrubbed(unknown)) wrong.push({ path: name, foreign, unknown });
    if (!foreign.ok && foreign.code === 'internal') wrong.push({ path: name, foreign });
    if (verb.mode !== 'read' && foreign.ok) wrong.push({ path: name, foreign: 'was done' });
  }
  return { tried: paths.length, wrong };
}

/** One moment for all looks, in which what happens meanwhile is past. */
const LATER = new Date(Date.now() + 3_600_000);

/** Without what differs from call to call: moments and the signature of a quote. */
function scrubbed(value: unknown): string {
  return JSON.stringify(value, (key, item: unknown) =>
    (key === 'quote' && typeof item === 'string') || key === 'expiresAt' || key === 'validUntil' || key === 'at'
      ? null
      : item,
  );
}

/** Runs a write as it should be, and answers the entries it left in the activity log. */
export async function entriesOf(world: World, cast: Cast, verb: AnyVerb, owner: Owner) {
  const prepared = await prepare(world, verb, owner);
  const ctx = await actorFor(cast, verb, owner, prepared);
  const outcome = await attempt(verb, ctx, prepared.input);
  const entries = await world.sql<{ action: string; resellerId: string | null; actor: { id: string } }>(
    `select action, reseller_id as "resellerId", actor from ${ctx.livemode ? '' : 'test_mode.'}activity where request_id = ?`,
    [ctx.requestId],
  );
  const strangers = entries.filter(
    (entry) =>
      entry.actor.id !== ctx.actor.id || (ctx.actor.kind === 'reseller' && entry.resellerId !== ctx.actor.resellerId),
  );
  return { word: wordOf(outcome), actions: entries.map(({ action }) => action).toSorted(), strangers };
}

/** What a reseller is shown, for a comparison before and after something happens at another one. */
export async function view(world: World, cast: Cast, verb: AnyVerb): Promise<string> {
  const { input } = await world.once(`view ${verb.procedure}`, world.other, () => prepare(world, verb, world.other));
  const ctx = { ...(await cast.reseller(world.other)), now: LATER };
  return scrubbed(await attempt(verb, ctx, input));
}
