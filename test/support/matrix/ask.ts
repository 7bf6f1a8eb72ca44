import { access } from '../../../server/access.ts';
import type { ServiceContext } from '../../../server/context.ts';
import type { Cast } from './actors.ts';
import type { Prepared } from './fixture.ts';
import { fixtures } from './fixtures.ts';
import type { AnyVerb } from '../../../server/verb.ts';
import type { Owner, World } from './world.ts';

/** Fields whose value is an id that belongs to somebody; ids of the host, of tiers and of staff belong to nobody. */
const OWNED = /^(id|ids|removals|(customer|order|service|reseller|ticket|task|preview)Id)$/;

export const prepare = async (world: World, verb: AnyVerb, owner: Owner): Promise<Prepared> => {
  const fixture = fixtures[verb.procedure];
  if (!fixture) throw new Error(`${verb.procedure} has no fixture: add one to test/support/matrix/fixtures.`);
  return fixture(world, owner);
};

/** The reseller who may call it: in person, or by a test key what there is in test mode alone. */
export const ownerFor = (cast: Cast, { procedure }: AnyVerb, owner: Owner): Promise<ServiceContext> =>
  access[procedure]!.testOnly ? cast.testKey(owner) : cast.reseller(owner);

/** The usual actor of a procedure, for `owner` where it is a reseller. */
export function actorFor(cast: Cast, verb: AnyVerb, owner: Owner, prepared?: Prepared): Promise<ServiceContext> {
  switch (access[verb.procedure]!.who) {
    case 'provider':
      return cast.admin();
    case 'host':
      return cast.host();
    case 'applicant':
      return prepared?.as ? Promise.resolve({ ...prepared.as, requestId: `req_${Math.random()}` }) : cast.client();
    default:
      return ownerFor(cast, verb, owner);
  }
}

/** The names of fields that its schema knows on the first level. */
export function fieldsOf({ input }: AnyVerb): string[] {
  return 'shape' in input ? Object.keys(input.shape as object) : [];
}

/** Places in an input that hold an owned id, as paths. */
export function idPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) {
    const named = OWNED.test(String(path.at(-1)));
    return value.flatMap((item, at) =>
      typeof item === 'string' ? (named ? [[...path, at]] : []) : idPaths(item, [...path, at]),
    );
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' ? (OWNED.test(key) ? [[...path, key]] : []) : idPaths(item, [...path, key]),
  );
}

export const read = (value: unknown, path: (string | number)[]): unknown =>
  path.reduce((at, key) => (at as Record<string | number, unknown>)[key], value);

/** A copy with another value at this place. */
export function put(value: Record<string, unknown>, path: (string | number)[], next: unknown): Record<string, unknown> {
  const copy = structuredClone(value);
  const last = path.at(-1)!;
  (read(copy, path.slice(0, -1)) as Record<string | number, unknown>)[last] = next;
  return copy;
}

/** Of the same form, and nobody's. */
export const unknownLike = (id: string): string =>
  /^[a-z]+_/.test(id) ? `${id.split('_')[0]}_${'0'.repeat(32)}` : '99999999';
