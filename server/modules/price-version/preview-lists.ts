import { z } from 'zod';
import type { ServiceContext } from '../../context.ts';
import { ServiceError } from '../../errors.ts';
import { formatAmount } from '../../money.ts';
import { cursorPage, numberOf, readCursor } from '../../paging.ts';
import { verb } from '../../verb.ts';
import { digitsOf } from '../catalogue/digits.ts';
import { PricePreview } from './entity.ts';
import type { LargestChange } from './schemas.ts';

const input = z.object({
  id: z.string().max(60),
  /** Only what rises by more than so many basis points. */
  risesOverBp: z.int().min(0).optional(),
  /** Only what ends under a floor or under cost. */
  flagged: z.boolean().default(false),
  resellerId: z.string().max(60).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.int().min(1).max(500).default(100),
});
type Input = z.output<typeof input>;

/** A page of a table of the preview, the largest change first. `filters` and `columns` are our own SQL. */
async function readPage<Row extends { size: number; key: string }>(
  { em }: ServiceContext,
  request: Input,
  table: { from: string; columns: string; key: string; size: string; filters: string[]; parameters: unknown[] },
) {
  if ((await em.count(PricePreview, { id: request.id })) === 0) {
    throw new ServiceError('not_found', 'There is no such preview.', '/id');
  }
  const filters = ['t.preview_id = ?', ...table.filters];
  const parameters: unknown[] = [request.id, ...table.parameters];
  if (request.risesOverBp !== undefined) {
    filters.push(`t.${table.size} > ?`);
    parameters.push(request.risesOverBp);
  }
  const [count] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from ${table.from} t where ${filters.join(' and ')}`,
    parameters,
  );
  const after = readCursor(request.cursor);
  if (after) {
    filters.push(`(-abs(t.${table.size}), ${table.key}) > (-(?::int), ?)`);
    parameters.push(numberOf(after), after.id);
  }
  const found = await em.execute<Row[]>(
    `select ${table.columns}, abs(t.${table.size}) as size, ${table.key} as key from ${table.from} t
      where ${filters.join(' and ')} order by abs(t.${table.size}) desc, ${table.key} limit ?`,
    [...parameters, request.limit + 1],
  );
  return { found, total: count?.n ?? 0 };
}

const position = ({ size, key }: { size: number; key: string }) => ({ key: String(size), id: key });
const FLAGGED = '(t.below_floor > 0 or t.below_cost > 0)';

interface ResellerFound {
  size: number;
  key: string;
  company: string;
  has_email: boolean;
  lines_up: number;
  lines_down: number;
  below_floor: number;
  below_cost: number;
  at_floor: number;
  largest_bp: number;
  services: number;
  monthly: { currency: string; before: string; dearer: string; cheaper: string }[];
}

/** Whom a draft touches and how, the largest change first. @throws not_found */
export const previewResellers = verb({
  procedure: 'prices.previewResellers',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: async (ctx, request) => {
    const { found, total } = await readPage<ResellerFound>(ctx, request, {
      from: 'price_preview_reseller',
      columns:
        't.company, t.has_email, t.lines_up, t.lines_down, t.below_floor, t.below_cost, t.at_floor, t.largest_bp, t.services, t.monthly',
      key: 't.reseller_id',
      size: 'largest_bp',
      filters: [...(request.flagged ? [FLAGGED] : []), ...(request.resellerId ? ['t.reseller_id = ?'] : [])],
      parameters: request.resellerId ? [request.resellerId] : [],
    });
    const digits = await digitsOf(ctx.em);
    const page = cursorPage(found, request.limit, total, position);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        resellerId: row.key,
        company: row.company,
        hasEmail: row.has_email,
        linesUp: row.lines_up,
        linesDown: row.lines_down,
        belowFloor: row.below_floor,
        belowCost: row.below_cost,
        atFloor: row.at_floor,
        largestBp: row.largest_bp,
        services: row.services,
        monthly: row.monthly.map(({ currency, before, dearer, cheaper }) => {
          const text = (minor: string) => formatAmount(BigInt(minor), digits(currency));
          return { currency, before: text(before), dearer: text(dearer), cheaper: text(cheaper) };
        }),
      })),
    };
  },
});

interface ProductFound {
  size: number;
  key: string;
  group_number: number;
  product: string;
  lines_up: number;
  lines_down: number;
  lines_same: number;
  below_floor: number;
  below_cost: number;
  at_floor: number;
  largest_bp: number;
  largest: LargestChange | null;
  resellers: number;
}

/** Which products change for how many resellers, the largest change first. @throws not_found */
export const previewProducts = verb({
  procedure: 'prices.previewProducts',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: async (ctx, request) => {
    const { found, total } = await readPage<ProductFound>(ctx, request, {
      from: 'price_preview_product',
      columns:
        't.group_number, t.product, t.lines_up, t.lines_down, t.lines_same, t.below_floor, t.below_cost, t.at_floor, t.largest_bp, t.largest, t.resellers',
      key: "lpad(t.group_number::text, 9, '0') || ' ' || t.product",
      size: 'largest_bp',
      filters: [
        ...(request.flagged ? [FLAGGED] : []),
        ...(request.resellerId
          ? [
              't.group_number = (select group_number from price_preview_reseller r where r.preview_id = t.preview_id and r.reseller_id = ?)',
            ]
          : []),
      ],
      parameters: request.resellerId ? [request.resellerId] : [],
    });
    const page = cursorPage(found, request.limit, total, position);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        group: row.group_number,
        product: row.product,
        linesUp: row.lines_up,
        linesDown: row.lines_down,
        linesSame: row.lines_same,
        belowFloor: row.below_floor,
        belowCost: row.below_cost,
        atFloor: row.at_floor,
        largestBp: row.largest_bp,
        largest: row.largest,
        resellers: row.resellers,
      })),
    };
  },
});

interface ServiceFound {
  size: number;
  key: string;
  reseller_id: string;
  title: string;
  product: string;
  term: string;
  currency: string;
  quantity: number;
  old_price: string;
  new_price: string;
  change_bp: number;
}

/** Running services whose price would change if they move, old and new per unit and term. @throws not_found */
export const previewServices = verb({
  procedure: 'prices.previewServices',
  permission: 'prices:write',
  mode: 'read',
  input,
  run: async (ctx, request) => {
    const { found, total } = await readPage<ServiceFound>(ctx, request, {
      from: 'price_preview_service',
      columns:
        't.reseller_id, t.title, t.product, t.term, t.currency, t.quantity, t.old_price, t.new_price, t.change_bp',
      key: 't.service_id',
      size: 'change_bp',
      filters: request.resellerId ? ['t.reseller_id = ?'] : [],
      parameters: request.resellerId ? [request.resellerId] : [],
    });
    const page = cursorPage(found, request.limit, total, position);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        serviceId: row.key,
        resellerId: row.reseller_id,
        title: row.title,
        product: row.product,
        term: row.term,
        currency: row.currency,
        quantity: row.quantity,
        oldPrice: row.old_price,
        newPrice: row.new_price,
        changeBp: row.change_bp,
      })),
    };
  },
});
