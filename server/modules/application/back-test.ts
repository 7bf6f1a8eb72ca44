import type { ServiceContext } from '../../context.ts';
import type { AutomaticApproval } from '../settings/sections/applications.ts';
import { unmetConditions } from './automatic.ts';
import type { ClientFacts } from './facts.ts';
import type { TaxIdCheck } from './schemas.ts';

interface Row {
  facts: ClientFacts | null;
  tax_id_check: TaxIdCheck;
  country: string | null;
  submitted_at: string;
  is_duplicate: boolean;
}

/**
 * What a rule for automatic approval would have done with the applications sent in the last 90 days, judged by what was
 * known when each was sent; and how many wait now, which no rule touches.
 */
export async function backTest({ em, now }: ServiceContext, rule: AutomaticApproval) {
  const rows = await em.execute<Row[]>(
    `select a.facts, a.tax_id_check, a.country, a.submitted_at,
            exists (select 1 from application_match m where m.application_id = a.id and m.dismissed_at is null
                      and m.reason in ('tax_id', 'registration_number')) as is_duplicate
       from application a where a.submitted_at > ?::timestamptz - interval '90 days'`,
    [now],
  );
  const approved = rows.filter(
    (row) =>
      unmetConditions(rule, {
        facts: row.facts,
        taxIdCheck: row.tax_id_check,
        country: row.country,
        isDuplicate: row.is_duplicate,
        at: new Date(row.submitted_at),
      }).length === 0,
  );
  const [waiting] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from application where status in ('submitted', 'answered')`,
  );
  return { days: 90, applications: rows.length, approved: approved.length, waiting: waiting?.n ?? 0 };
}
