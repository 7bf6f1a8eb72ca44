import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { type Context, Hono } from 'hono';
import type { ServiceContext } from '../context.ts';
import { tenantOf } from '../context.ts';
import { exportActivity, exportOwnActivity } from '../modules/activity/export.ts';
import type { ActivityRow } from '../modules/activity/row.ts';
import { exportStatement, type StatementDocument } from '../modules/statement/export.ts';
import { documentLanguage } from '../modules/statement/words.ts';
import { csvOptions, plain } from '../platform/csv-options.ts';
import type { HttpOptions } from './app.ts';
import { authenticate } from './authenticate.ts';
import { problemOf, refusalOf } from './problem.ts';
import { sourceAddress } from './source-address.ts';
import { statementHtml } from './statement-html.ts';
import { statementPdf } from './statement-pdf.ts';

/** Files to take away, streamed: what tRPC cannot answer. The same sessions, keys and permissions as everywhere. */
export function exportRoutes(options: HttpOptions): Hono {
  const app = new Hono();
  const answer = async (c: Context, work: (ctx: ServiceContext) => Promise<Response>) => {
    const ctx = await authenticate(options, c.req.raw, sourceAddress(c, options.trustedProxies));
    if (!ctx) return problemOf(c, 401, 'unauthorised', 'The session ended or the key is not valid.');
    try {
      return await work(ctx);
    } catch (error) {
      return refusalOf(c, error);
    }
  };
  const activity = (ctx: ServiceContext, c: Context) =>
    (tenantOf(ctx.actor) === null ? exportActivity : exportOwnActivity)(ctx, c.req.query());

  app.get('/activity.csv', (c) =>
    answer(c, async (ctx) =>
      file(
        'activity.csv',
        'text/csv; charset=utf-8',
        Readable.from(flat(await activity(ctx, c))).pipe(stringify(csvOptions(activityColumns))),
      ),
    ),
  );
  app.get('/activity.jsonl', (c) =>
    answer(c, async (ctx) => file('activity.jsonl', 'application/jsonl', Readable.from(lines(await activity(ctx, c))))),
  );

  const statement = (c: Context, work: (document: StatementDocument, name: string) => Response) =>
    answer(c, async (ctx) => {
      const document = await exportStatement(ctx, { id: c.req.param('id') ?? '' });
      return work(document, `statement-${document.statement.month.slice(0, 7)}-${document.statement.currency}`);
    });
  app.get('/statements/:id/csv', (c) =>
    statement(c, (document, name) =>
      file(
        `${name}.csv`,
        'text/csv; charset=utf-8',
        Readable.from(cells(document)).pipe(stringify(csvOptions(statementColumns))),
      ),
    ),
  );
  app.get('/statements/:id/html', (c) =>
    statement(c, (document, name) =>
      file(
        `${name}.html`,
        'text/html; charset=utf-8',
        Readable.from(statementHtml(document, documentLanguage(c.req.query('lang')))),
      ),
    ),
  );
  app.get('/statements/:id/pdf', (c) =>
    statement(c, (document, name) =>
      file(`${name}.pdf`, 'application/pdf', statementPdf(document, documentLanguage(c.req.query('lang')))),
    ),
  );
  return app;
}

const statementColumns = ['day', 'entry', 'invoice', 'invoice_id', 'amount', 'currency'];

async function* cells({ statement, lines }: StatementDocument) {
  const { month, currency, opening, closing } = statement;
  yield [month, 'opening', '', '', plain(opening), currency];
  for await (const line of lines) {
    yield [line.day, line.kind, line.number, line.invoiceId, plain(line.amount), currency];
  }
  yield ['', 'closing', '', '', plain(closing), currency];
}

const activityColumns = [
  'at',
  'timezone',
  'actor_kind',
  'actor_id',
  'actor_name',
  'acting_admin',
  'action',
  'subject_type',
  'subject_id',
  'reseller_id',
  'reseller',
  'before',
  'after',
  'reason',
  'request_id',
  'source_address',
  'id',
  'hash',
  'previous_hash',
];

async function* flat(rows: AsyncIterable<ActivityRow>) {
  for await (const row of rows) {
    yield [
      row.at,
      'UTC',
      row.actor.kind,
      row.actor.id,
      row.actor.name ?? '',
      row.actor.actingAdmin ?? '',
      row.action,
      row.subject.type,
      row.subject.id,
      row.reseller?.id ?? '',
      row.reseller?.company ?? '',
      json(row.before),
      json(row.after),
      row.reason ?? '',
      row.requestId ?? '',
      row.sourceAddress ?? '',
      row.id,
      row.hash ?? '',
      row.previousHash ?? '',
    ];
  }
}
const json = (value: unknown): string => (value === null ? '' : JSON.stringify(value));

async function* lines(rows: AsyncIterable<ActivityRow>) {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

function file(name: string, type: string, body: Readable): Response {
  return new Response(Readable.toWeb(body) as ReadableStream, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
