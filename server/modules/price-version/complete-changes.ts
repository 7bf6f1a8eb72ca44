import type { EntityManager } from '@mikro-orm/postgresql';
import { ServiceError } from '../../errors.ts';
import { newId } from '../../platform/ids.ts';
import type { ProgrammeRules, RuleChange, RuleKind } from '../../pricing/rule-changes.ts';
import type { ChangeInput } from './schemas.ts';

/** Looks a rule up as it stands before the change. */
export type Current = (kind: RuleKind, id: string) => RuleChange['after'];

/**
 * What was asked for as whole rules: new ones get their id, the programme's keeps what was not named.
 * @throws bad_input with the place of the change: a rule that does not exist or is named twice, an unknown reseller
 */
export async function completeChanges(
  em: EntityManager,
  inputs: readonly ChangeInput[],
  current: Current,
): Promise<RuleChange[]> {
  const named = new Set<string>();
  const changes = inputs.map((input, index): RuleChange => {
    const change = completeChange(input, current, `/changes/${index}`);
    const key = `${change.kind} ${change.id}`;
    if (named.has(key)) refuse(`/changes/${index}`, 'This rule is changed twice here. Send each rule once.');
    named.add(key);
    return change;
  });
  await requireResellers(em, changes);
  return changes;
}

/** One of them; `path` is its place in the input. @throws bad_input */
export function completeChange(input: ChangeInput, current: Current, path: string): RuleChange {
  if (input.kind === 'programme') {
    const held = current('programme', 'programme') as ProgrammeRules;
    return { kind: 'programme', id: 'programme', after: { ...held, ...defined(input.after) } };
  }
  if (input.kind === 'tier') {
    if (current('tier', input.id) === null) refuse(`${path}/id`, `There is no tier "${input.id}".`);
    return { kind: 'tier', id: input.id, after: { id: input.id, ...input.after } };
  }
  if (input.id !== undefined && current(input.kind, input.id) === null) {
    refuse(`${path}/id`, `There is no rule "${input.id}" any more. Leave the id out to add one.`);
  }
  if (input.id === undefined && input.after === null) refuse(path, 'Name the rule to remove by its id.');
  const id = input.id ?? newId('prl');
  return { kind: input.kind, id, after: input.after === null ? null : { id, ...input.after } } as RuleChange;
}

function defined<T extends object>(value: T): Partial<{ [K in keyof T]: Exclude<T[K], undefined> }> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}

async function requireResellers(em: EntityManager, changes: readonly RuleChange[]): Promise<void> {
  const unknown = await unknownResellers(em, changes);
  for (const [index, change] of changes.entries()) {
    const id = resellerOf(change);
    if (id !== null && unknown.has(id)) {
      refuse(`/changes/${index}/after/for/reseller`, `There is no reseller "${id}".`);
    }
  }
}

/** The reseller that a rule is for, if it is for one. */
export function resellerOf({ after }: RuleChange): string | null {
  return after && 'for' in after && 'reseller' in after.for ? after.for.reseller : null;
}

/** Which of the resellers that changes name do not exist. */
export async function unknownResellers(em: EntityManager, changes: readonly RuleChange[]): Promise<Set<string>> {
  const wanted = new Set(changes.map(resellerOf).filter((id) => id !== null));
  if (wanted.size === 0) return wanted;
  const found = await em.execute<{ id: string }[]>('select id from reseller where id in (?)', [[...wanted]]);
  for (const { id } of found) wanted.delete(id);
  return wanted;
}

function refuse(path: string, message: string): never {
  throw new ServiceError('bad_input', message, path);
}
