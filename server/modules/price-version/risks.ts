import type { EntityManager } from '@mikro-orm/postgresql';
import type { LineFigures } from './preview-groups.ts';
import type { MonthlyFigures } from './preview-services.ts';
import type { PreviewSummary, RunningServices } from './schemas.ts';

/** Limits in basis points: of a line's price, of all lines, of the monthly sum of running services. */
export interface Guard {
  lineBp: number;
  linesBp: number;
  monthlyBp: number;
  version: number;
}

export async function readGuard(em: EntityManager, options: { lock?: boolean } = {}): Promise<Guard> {
  const [guard] = await em.execute<Guard[]>(
    `select line_bp as "lineBp", lines_bp as "linesBp", monthly_bp as "monthlyBp", version from price_guard where id = 1 ${options.lock ? 'for update' : ''}`,
  );
  return guard!;
}

/** Which limits a version goes beyond. Moving services counts only when they are to be moved. */
export function risksOf(
  guard: Guard,
  figures: LineFigures,
  lines: number,
  monthly: ReadonlyMap<string, MonthlyFigures>,
  running: RunningServices,
): PreviewSummary['risks'] {
  const risks: PreviewSummary['risks'] = [];
  if (figures.over > 0) {
    const actualBp = Math.abs(figures.largestBp);
    risks.push({ code: 'line_change', limitBp: guard.lineBp, actualBp, count: figures.over });
  }
  const changed = figures.up + figures.down;
  const part = lines === 0 ? 0 : Math.floor((changed * 10_000) / lines);
  if (part > guard.linesBp) risks.push({ code: 'many_lines', limitBp: guard.linesBp, actualBp: part, count: changed });
  const moved = running === 'keep' ? 0 : largestMonthly(monthly);
  if (moved > guard.monthlyBp) {
    risks.push({ code: 'monthly_sum', limitBp: guard.monthlyBp, actualBp: moved, count: monthly.size });
  }
  if (figures.belowFloor > 0) {
    risks.push({ code: 'below_floor', limitBp: null, actualBp: null, count: figures.belowFloor });
  }
  return risks;
}

/** The larger way, up or down, of the currency that moves most; never two currencies in one sum. */
function largestMonthly(monthly: ReadonlyMap<string, MonthlyFigures>): number {
  const parts = [...monthly.values()].map(({ before, dearer, cheaper }) => {
    const moved = dearer > -cheaper ? dearer : -cheaper;
    if (moved === 0n) return 0;
    return before === 0n ? 1_000_000 : Number((moved * 10_000n) / before);
  });
  return Math.max(0, ...parts);
}
