import type { ServiceContext } from '../../context.ts';
import { newId } from '../../platform/ids.ts';

export interface RaisedProblem {
  /** Same key, same problem: it is counted, not listed twice. */
  key: string;
  message: string;
  severity: 'info' | 'warning' | 'danger';
  resellerId?: string;
}

/** Puts something before the admin's eyes; the same key again raises its count, and opens it anew when it was resolved. */
export async function raiseProblem({ em, now }: ServiceContext, problem: RaisedProblem): Promise<void> {
  await em.execute(
    `insert into problem as p (key, id, message, severity, reseller_id, first_at, last_at) values (?, ?, ?, ?, ?, ?, ?)
     on conflict (key) do update set message = excluded.message, severity = excluded.severity, last_at = excluded.last_at,
       reseller_id = excluded.reseller_id, version = p.version + 1,
       count = case when p.state = 'resolved' then 1 else p.count + 1 end,
       first_at = case when p.state = 'resolved' then excluded.first_at else p.first_at end,
       owner = case when p.state = 'resolved' then null else p.owner end,
       note = case when p.state = 'resolved' then null else p.note end,
       state = case when p.state = 'resolved' then 'open' else p.state end`,
    [problem.key, newId('prb'), problem.message, problem.severity, problem.resellerId ?? null, now, now],
  );
}

/** Ends a problem whose cause is gone. Nothing happens when there is none. */
export async function endProblem({ em, now }: ServiceContext, key: string): Promise<void> {
  await em.execute(
    `update problem set state = 'resolved', changed_at = ?, version = version + 1 where key = ? and state <> 'resolved'`,
    [now, key],
  );
}
