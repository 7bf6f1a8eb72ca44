import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import type { Permission } from '../../permissions.ts';
import { verb } from '../../verb.ts';
import { moneyAtRisk } from '../reconcile/list.ts';
import { readFigure } from './figure.ts';

/** One thing that waits for the provider. Amounts are per currency, never summed over them. */
export interface ActionLine {
  kind: 'overdue' | 'differences' | 'problems' | 'stale_books' | 'applications' | 'profile_changes' | 'at_risk';
  count: number;
  amounts: { currency: string; amount: string }[];
  /** Days since the oldest of them; null where none is counted. */
  oldestDays: number | null;
}

interface Counted {
  count: number;
  since: Date | string | null;
}

/** What needs the provider now, money first. A line is left out where nothing waits, or the actor may not see it. */
export const networkNeedsAction = verb({
  procedure: 'network.needsAction',
  permission: 'network:read',
  mode: 'read',
  input: z.object({}),
  run: async (ctx) => {
    const { em, actor } = ctx;
    const may = (permission: Permission) => actor.permissions.has(permission);
    const lines: ActionLine[] = [await overdue(ctx)];
    const counted = async (kind: ActionLine['kind'], sql: string, amounts: ActionLine['amounts'] = []) => {
      const [row] = await em.execute<Counted[]>(sql);
      const { count, since } = row!;
      const oldestDays = since === null ? null : daysSince(ctx, new Date(since));
      lines.push({ kind, count, amounts, oldestDays });
    };
    if (may('problems:read')) {
      await counted(
        'differences',
        `select count(*)::int as count, min(found_at) as since from difference where status = 'open'`,
        await moneyAtRisk(em),
      );
      await counted(
        'problems',
        `select count(*)::int as count, min(first_at) as since from problem where state = 'open' and severity = 'danger'`,
      );
      await counted(
        'stale_books',
        `select count(*)::int as count, min(first_at) as since from problem
          where state <> 'resolved' and key like 'price\\_book.stale:%'`,
      );
    }
    if (may('applications:read')) {
      await counted(
        'applications',
        `select count(*)::int as count, min(waiting_since) as since from application where status in ('submitted', 'answered')`,
      );
    }
    if (may('resellers:read')) {
      await counted(
        'profile_changes',
        `select count(*)::int as count, min(asked_at) as since from profile_change where status = 'pending'`,
      );
      await counted(
        'at_risk',
        `select count(*)::int as count, null as since from tier_standing where standing = 'at_risk'`,
      );
    }
    return { lines: lines.filter(({ count }) => count > 0) };
  },
});

async function overdue(ctx: ServiceContext): Promise<ActionLine> {
  const { body } = await readFigure(ctx, 'outstanding');
  return {
    kind: 'overdue',
    count: new Set(body.resellers.map(({ reseller }) => reseller.id)).size,
    amounts: body.totals
      .filter(({ overdue: late }) => Number(late) > 0)
      .map(({ currency, overdue: amount }) => ({ currency, amount })),
    oldestDays: body.resellers.length === 0 ? null : Math.max(...body.resellers.map(({ oldestDays }) => oldestDays)),
  };
}

const DAY_MS = 86_400_000;
const daysSince = ({ now }: ServiceContext, since: Date): number =>
  Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS));
