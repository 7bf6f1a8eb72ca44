import type { ServiceContext } from '../../context.ts';

export interface Problem {
  /** Same key, same problem: it is counted, not listed twice. */
  key: string;
  message: string;
  severity: 'info' | 'warning' | 'danger';
}

/** Puts something before the admin's eyes; the same key again raises its count. */
export async function raiseProblem({ em, now }: ServiceContext, problem: Problem): Promise<void> {
  await em.execute(
    `insert into problem as p (key, message, severity, first_at, last_at) values (?, ?, ?, ?, ?)
     on conflict (key) do update set message = excluded.message, severity = excluded.severity, count = p.count + 1, last_at = excluded.last_at`,
    [problem.key, problem.message, problem.severity, now, now],
  );
}
