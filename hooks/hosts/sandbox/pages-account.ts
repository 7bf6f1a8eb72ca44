import { readCredit } from './credit.ts';
import { own, scopeOf, staff, user, type App, type Ctx } from './http.ts';
import { list, load, type Document, type Host } from './kit.ts';
import { badge, field, form, markup, page, select, table, type Html } from './layout.ts';
import { paidOn } from './payments.ts';

/** Newest first; staff also see whose it is. */
function newest<Row extends { id: string }>(rows: Row[]): Row[] {
  return rows.toSorted((left, right) => Number(right.id) - Number(left.id));
}
