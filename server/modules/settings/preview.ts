import type { EntityManager } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { verb } from '../../verb.ts';
import { backTest } from '../application/back-test.ts';
import { changedFields } from './changed-fields.ts';
import { loadSection } from './load.ts';
import { priceExamples } from './price-examples.ts';
import { readValues } from './read-values.ts';
import { sectionName, type SectionValues } from './sections/index.ts';

/**
 * What saving these values would change, and how much hangs on it; nothing is written. Figures that the change does not
 * touch are absent. @throws bad_input as saving would
 */
export const previewSettings = verb({
  procedure: 'settings.preview',
  permission: 'settings:read',
  mode: 'read',
  input: z.object({ section: sectionName, values: z.record(z.string().max(60), z.unknown()) }),
  run: async (ctx, { section, values }) => {
    const { em } = ctx;
    const { row, values: before } = await loadSection(em, section);
    const after = readValues(section, { ...before, ...values });
    const changes = changedFields(before, after);
    const touches = (field: string) => changes.some((change) => change.field === field);
    return {
      section,
      version: row.version,
      changes,
      /** Who is touched when the programme is switched, or when prices of everybody move. */
      reach: touches('enabled') || (section === 'prices' && changes.length > 0) ? await reach(em) : null,
      /** Fields of the form that go, with how many applications hold an answer; those stay readable. */
      removedFields: section === 'form' ? await removedFields(em, before, after) : [],
      /** What these values make of real prices. */
      examples: section === 'prices' ? await priceExamples(ctx, after as SectionValues<'prices'>) : [],
      /** What the rule for automatic approval would have done lately. */
      backTest: touches('automatic') ? await backTest(ctx, (after as SectionValues<'applications'>).automatic) : null,
    };
  },
});

async function reach(em: EntityManager) {
  const [row] = await em.execute<{ resellers: number; inheriting: number; services: number }[]>(
    `select count(*)::int as resellers,
            count(*) filter (where r.own_discount_bp is null and t.discount_bp is null)::int as inheriting,
            (select count(*)::int from service where status in ('active', 'suspended')) as services
       from reseller r join tier t on t.id = r.tier_id where r.status <> 'terminated'`,
  );
  return { resellers: row?.resellers ?? 0, onProgrammeRate: row?.inheriting ?? 0, runningServices: row?.services ?? 0 };
}

async function removedFields(em: EntityManager, before: object, after: object) {
  const fields = (values: object) => (values as SectionValues<'form'>).fields;
  const kept = new Set(fields(after).map(({ id }) => id));
  const gone = fields(before).filter(({ id }) => !kept.has(id));
  const counted = [];
  for (const { id, label } of gone) {
    const [row] = await em.execute<{ n: number }[]>(
      `select count(*)::int as n from application where status <> 'draft' and jsonb_exists(answers, ?)`,
      [id],
    );
    counted.push({ id, label, applications: row?.n ?? 0 });
  }
  return counted;
}
