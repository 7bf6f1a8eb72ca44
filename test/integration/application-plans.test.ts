import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServiceContext } from '../../server/context.ts';
import { findLikeCompanies } from '../../server/modules/application/find-like.ts';
import { listApplications } from '../../server/modules/application/list.ts';
import { type Installation, startInstallation } from '../support/installation.ts';

const ROWS = 30_000;
let it: Installation;
beforeAll(async () => {
  it = await startInstallation();
  await it.admin().em.execute(
    `insert into application (id, host_client_id, applicant_name, applicant_email, status, form_version, answers, business_name,
       country, tax_key, registration_key, phone_key, name_key, domain_keys, assigned_to, last_change, created_at, updated_at,
       submitted_at, waiting_since, decided_at)
     select 'app_' || n, 'client-' || n, 'Person ' || n, 'p' || n || '@c' || n || '.example',
       case when n % 500 = 0 then 'submitted' when n % 501 = 0 then 'info_requested' else 'rejected' end, 1, '{}',
       md5(n::text) || ' hosting', 'DE', 'TAX' || n, 'REG' || n, lpad(n::text, 9, '0'), md5(n::text) || ' hosting',
       array['c' || n || '.example'], case when n % 900 = 0 then 'admin:1' end, '{}', now(), now(),
       now() - n * interval '1 minute', now() - n * interval '1 minute', now()
       from generate_series(1, ?) n`,
    [ROWS],
  );
  await it.admin().em.execute(
    `insert into application_match (application_id, other_type, other_id, reason, found_at)
     select 'app_' || n, 'application', 'app_1', 'name', now() from generate_series(1, ?) n`,
    [ROWS],
  );
  await it.admin().em.execute('analyze application');
  await it.admin().em.execute('analyze application_match');
});
afterAll(() => it.stop());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

interface Statement {
  sql: string;
  parameters: unknown[];
}

/** An entity manager whose own statements go through `execute`. */
function watched(em: ServiceContext['em'], execute: (statement: Statement) => unknown): ServiceContext['em'] {
  return new Proxy(em, {
    get(target, name) {
      if (name === 'execute') return (sql: string, parameters: unknown[]) => execute({ sql, parameters });
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** Most rows that one node of any of a verb's own statements went through, with what it was: a scan of the table is ROWS. */
async function widest(
  call: (ctx: ServiceContext) => Promise<unknown>,
  measured = ({ sql }: Statement) => !sql.includes('group by status'),
): Promise<{ rows: number; node: string }> {
  const ctx = it.admin();
  const ran: Statement[] = [];
  await call({
    ...ctx,
    em: watched(ctx.em, (statement) => {
      ran.push(statement);
      return ctx.em.execute(statement.sql, statement.parameters);
    }),
  });
  const nodes = [];
  for (const { sql, parameters } of ran.filter(measured)) {
    const [answer] = await it
      .admin()
      .em.execute<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(`explain (analyze, format json) ${sql}`, parameters);
    nodes.push(...flat(answer!['QUERY PLAN'][0]!.Plan));
  }
  expect(nodes.length).toBeGreaterThan(0);
  return nodes.toSorted((one, other) => other.rows - one.rows)[0]!;
}

function flat(plan: Plan): { rows: number; node: string }[] {
  const rows = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  return [
    { rows, node: `${plan['Node Type']} ${plan['Relation Name'] ?? ''}` },
    ...(plan.Plans ?? []).flatMap((inner) => flat(inner)),
  ];
}

test.each([
  ['the queue', {}],
  ['the queue by name', { sort: 'businessName' }],
  ['what waits for an answer', { view: 'waiting', sort: '-waitingSince' }],
  ['what one person has', { view: 'all', assigned: 'admin:1' }],
  ['a name', { view: 'all', search: 'c4ca4238a0b9' }],
  ['those with a signal', { hasSignal: true }],
] as const)('%s is listed without going through the table', async (_name, input) => {
  const found = await widest((ctx) => listApplications(ctx, input));
  expect(found.rows, found.node).toBeLessThan(ROWS / 20);
});

test('like companies are found without going through the table', async () => {
  const found = await widest((ctx) =>
    findLikeCompanies(ctx, {
      company: 'c4ca4238a0b923820dcc509a6f75849b web',
      taxId: 'TAX17',
      registrationNumber: 'REG18',
      phone: '000000019',
      website: 'https://www.c20.example',
    }),
  );
  expect(found.rows, found.node).toBeLessThan(ROWS / 20);
  const { rows } = await findLikeCompanies(it.admin(), {
    company: 'c4ca4238a0b923820dcc509a6f75849b web',
    taxId: 'TAX17',
  });
  expect(rows.map(({ id }) => id).toSorted()).toEqual(['app_1', 'app_17']);
});

test('a page of everything, by age or by name, reads one page', async () => {
  for (const sort of ['waitingSince', '-businessName'] as const) {
    const { cursor } = await listApplications(it.admin(), { view: 'all', sort });
    // The count is of all rows by its nature; the page behind the cursor is what is measured.
    const found = await widest(
      (ctx) => listApplications(ctx, { view: 'all', sort, cursor: cursor! }),
      ({ sql }) => sql.startsWith('select a.id'),
    );
    expect(found.rows, `${sort}: ${found.node}`).toBeLessThan(ROWS / 20);
  }
});
