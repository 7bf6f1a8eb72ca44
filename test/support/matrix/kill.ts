import { access } from '../../../server/access.ts';
import type { Cast } from './actors.ts';
import { entriesOf, foreignIds, type Kind, view, walk } from './checks.ts';
import type { AnyVerb } from '../../../server/verb.ts';
import { verbOf } from './outcome.ts';
import { stir } from './stir.ts';
import type { World } from './world.ts';

/** A check, a filter or an entry that is switched off, and the procedures that come past it. */
export interface Mutant {
  key: number | string;
  kind: 'permission' | 'view' | 'filter' | 'entry';
  procedures: string[];
}

const refused: readonly Kind[] = [
  'admin without the scope',
  'key without the scope',
  'client who is no reseller',
  'the host',
];
/** Who is looked at where a check that stands once for all verbs is switched off for one, by the first word of its key. */
const concerned: Record<string, readonly Kind[]> = {
  permission: refused,
  view: ['admin who views as the reseller'],
};

async function walksWrong(world: World, cast: Cast, verb: AnyVerb, only?: readonly Kind[]): Promise<boolean> {
  const { said, got } = await walk(world, cast, verb, only);
  return JSON.stringify(said) !== JSON.stringify(got);
}

async function leaks(world: World, cast: Cast, verb: AnyVerb): Promise<boolean> {
  const { who } = access[verb.procedure]!;
  if (who !== 'reseller' && who !== 'both' && who !== 'anyone') return false;
  if ((await foreignIds(world, cast, verb)).wrong.length > 0) return true;
  if (verb.mode !== 'read') return false;
  const before = await view(world, cast, verb);
  await stir(world, world.one);
  return (await view(world, cast, verb)) !== before;
}

async function logsWrong(world: World, cast: Cast, verb: AnyVerb): Promise<boolean> {
  const { logs, unlogged } = access[verb.procedure]!;
  if (verb.mode === 'read' || unlogged) return false;
  const { word, actions, strangers } = await entriesOf(world, cast, verb, world.other);
  return word !== 'ok' || strangers.length > 0 || actions.join() !== logs?.join();
}

/** Whether the walk finds something wrong at a procedure that such a mutant could have caused. */
async function findsAt(world: World, cast: Cast, { key, kind }: Mutant, procedure: string): Promise<boolean> {
  const verb = verbOf(procedure);
  if (typeof key === 'string') return walksWrong(world, cast, verb, concerned[key.split(' ')[0]!]);
  return (
    (kind === 'filter' && (await leaks(world, cast, verb))) ||
    (await logsWrong(world, cast, verb)) ||
    (kind !== 'entry' && (await walksWrong(world, cast, verb)))
  );
}

/** Procedures at which the walk finds something wrong with nothing switched off: there it would find any mutant. */
export async function wrongAlready(world: World, cast: Cast, mutants: readonly Mutant[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const procedure of new Set(mutants.flatMap(({ procedures }) => procedures)))
    if (await findsAt(world, cast, { key: 0, kind: 'filter', procedures: [] }, procedure)) wrong.push(procedure);
  return wrong;
}

/** Whether the walk through the procedures finds it: the first that does is enough. Answers which, or whether any came by. */
export async function kill(world: World, cast: Cast, mutant: Mutant): Promise<{ by: string | null; reached: boolean }> {
  let reached = false;
  Reflect.set(globalThis, 'victim', world.one.row.id);
  Reflect.set(globalThis, 'off', (key: number | string) => {
    if (key !== mutant.key || !Reflect.get(globalThis, 'underTest')) return false;
    reached = true;
    return true;
  });
  try {
    for (const procedure of mutant.procedures)
      if ((await findsAt(world, cast, mutant, procedure)) && reached) return { by: procedure, reached };
    return { by: null, reached };
  } finally {
    Reflect.deleteProperty(globalThis, 'off');
  }
}
