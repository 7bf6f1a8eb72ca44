import type { ActivityQuestion } from '#lib/api/contract.ts';

/** The filters of the activity log that stand in the address. */
export const FILTERS = [
  'actor',
  'actorKind',
  'action',
  'reseller',
  'subject',
  'field',
  'request',
  'from',
  'until',
] as const;

/** What was asked for, for the list and for the files to take away. Days are UTC days, both included. */
export function readFilters(value: (name: string) => string): ActivityQuestion {
  const day = (name: string): number => Date.parse(`${value(name)}T00:00:00Z`);
  const moment = (at: number): string | undefined => (Number.isNaN(at) ? undefined : new Date(at).toISOString());
  const question: ActivityQuestion = {
    actorId: value('actor') || undefined,
    actorKind: (value('actorKind') || undefined) as ActivityQuestion['actorKind'],
    action: value('action') || undefined,
    resellerId: value('reseller') || undefined,
    subjectId: value('subject') || undefined,
    field: value('field') || undefined,
    requestId: value('request') || undefined,
    from: moment(day('from')),
    until: moment(day('until') + 86_400_000),
  };
  return Object.fromEntries(Object.entries(question).filter(([, set]) => set !== undefined));
}
