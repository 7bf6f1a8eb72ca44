import {
  currency,
  DAYS,
  each,
  first,
  hostServiceId,
  LINES,
  REFUND_EVERY,
  resellerId,
  serviceId,
  type Size,
} from './size.ts';

/**
 * Revenue of resellers from..until: ledger, invoices, the account, and the rollup of days. The last line of each REFUND_EVERY gives back the one before it.
 */
export function revenue(size: Size, from: number, until: number): string[] {
  const ids = `between ${resellerId(String(from))} and ${resellerId(String(until))}`;
  const invoices = `((${first('(r + 1)', size.ledger, size)} - ${first('r', size.ledger, size)} + ${LINES - 1}) / ${LINES})`;
  const servicesOf = `(${first('(r + 1)', size.services, size)} - ${first('r', size.services, size)})`;
  const amount = (k: string): string => `(500 + (${k}) * 7919 % 5000)`;
  return [
    `with line as materialized (
       select r, k, j, i, j % ${REFUND_EVERY} = ${REFUND_EVERY - 1} as refund, 'seed-i' || r || '-' || i as invoice, ${currency('r')} as currency,
              ${first('r', size.services, size)} + (j - (j % ${REFUND_EVERY} = ${REFUND_EVERY - 1})::int) % ${servicesOf} as s,
              ((select billing_day(now())) - (i * ${DAYS} / ${invoices})::int) as day
         from ${each(size.ledger, size, from, until)}
         cross join lateral (select k - ${first('r', size.ledger, size)} as j) a cross join lateral (select j / ${LINES} as i) b
     ), booked as (
       insert into ledger (id, reseller_id, kind, host_invoice_id, host_line_id, payment_id, host_service_id, product, occasion, currency,
                           amount, day, occurred_at, booked_at, line_kind)
       select 'led_seed' || lpad(k::text, 11, '0'), ${resellerId('r')}, case when refund then 'refunded' else 'paid' end, invoice,
              'seed-l' || k - refund::int, case when refund then 'seed-f' || k else 'seed-p' || invoice end, ${hostServiceId('line.s')}, v.product,
              case when j % 10 = 0 then 'new' else 'renewal' end, line.currency,
              case when refund then -${amount('k - 1')} else ${amount('k')} end, day, day + time '12:00', day + time '12:00', 'product'
         from line join service v on v.id = ${serviceId('line.s')}
     ), billed as (
       insert into invoice (host_invoice_id, reseller_id, number, status, currency, total, due_on, issued_at, paid_at, lines)
       select invoice, ${resellerId('r')}, 'S-' || r || '-' || i, case when bool_or(refund) then 'part_refunded' else 'paid' end, currency,
              (sum(${amount('k')}) filter (where not refund) / 100.0)::numeric(14, 2)::text, day + (i % 3 - 1)::int, day - (i % 15)::int + time '08:00', day + time '12:00',
              jsonb_agg(jsonb_build_object('id', 'seed-l' || k, 'kind', 'product', 'serviceId', ${hostServiceId('s')}, 'amount',
                (${amount('k')} / 100.0)::numeric(14, 2)::text, 'net', (${amount('k')} / 100.0)::numeric(14, 2)::text, 'quantity', 1)) filter (where not refund)
         from line group by invoice, r, i, currency, day
     )
     insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day, statement_id)
     select ${resellerId('r')}, currency, e.kind, invoice, e.reference, 'S-' || r || '-' || i, e.sign * e.amount, e.day + time '12:00', e.day,
            case when e.day < date_trunc('month', (select billing_day(now()))) then 'sta_seed' || lpad(r::text, 7, '0') || to_char(e.day, 'YYYYMM') end
       from (select invoice, r, i, currency, day, (sum(${amount('k')}) filter (where not refund) / 100.0)::numeric(14, 2) as total,
                    (sum(${amount('k - 1')}) filter (where refund) / 100.0)::numeric(14, 2) as back from line group by 1, 2, 3, 4, 5) n
       cross join lateral (values ('invoice', '', 1, n.total, n.day - (i % 15)::int), ('payment', '', -1, n.total, n.day),
                                  ('credit', 'seed', -1, n.back, n.day), ('payout', 'seed', 1, n.back, n.day)) e(kind, reference, sign, amount, day)
      where e.amount is not null`,
    unpaid(from, until, size),
    `insert into revenue_rollup (reseller_id, day, currency, amount, lines)
     select reseller_id, day, currency, sum(amount), count(*) from ledger where reseller_id ${ids} group by 1, 2, 3`,
  ];
}

/** Three invoices of each reseller that are not paid yet, of its first services. */
function unpaid(from: number, until: number, size: Size): string {
  return `with billed as (
      insert into invoice (host_invoice_id, reseller_id, number, status, currency, total, due_on, issued_at, lines)
      select 'seed-u' || r || '-' || n, ${resellerId('r')}, 'U-' || r || '-' || n, 'unpaid', ${currency('r')}, n * 10 || '.00',
             (select billing_day(now())) + 10 - n * 7, now() - n * interval '9 days',
             jsonb_build_array(jsonb_build_object('id', 'seed-u' || r || '-' || n, 'kind', 'product', 'amount', n * 10 || '.00', 'net', n * 10 || '.00',
               'serviceId', ${hostServiceId(first('r', size.services, size))}, 'quantity', 1))
        from generate_series(${from}, ${until}) r cross join generate_series(1, 3) n returning *
    )
    insert into account_entry (reseller_id, currency, kind, host_invoice_id, reference, number, amount, at, day, statement_id)
    select reseller_id, currency, 'invoice', host_invoice_id, '', number, total::numeric, issued_at, billing_day(issued_at),
           case when billing_day(issued_at) < date_trunc('month', (select billing_day(now())))
                then 'sta_' || substr(reseller_id, 4) || to_char(billing_day(issued_at), 'YYYYMM') end
      from billed`;
}

/** What all resellers share, and what is counted from everything: closed statements, network, figures. */
export const shared: readonly string[] = [
  `insert into statement (id, reseller_id, currency, month, opening, closing, totals, lines, closed_at)
   select statement_id, reseller_id, currency, month, coalesce(lag(balance) over account, 0), balance, totals, lines, now()
     from (select statement_id, reseller_id, currency, month, sum(lines)::int as lines, jsonb_object_agg(kind, amount::text) as totals,
                  sum(sum(amount)) over (partition by reseller_id, currency order by month) as balance
             from (select statement_id, reseller_id, currency, date_trunc('month', day)::date as month, kind, sum(amount) as amount,
                          count(*) as lines from account_entry where statement_id is not null group by 1, 2, 3, 4, 5) k
            group by 1, 2, 3, 4) m
   window account as (partition by reseller_id, currency order by month)`,
  `update tier_rules set currency = coalesce(currency, 'USD') where id = 1`,
  `insert into currency_rate (currency, base, rate, valid_from)
   select 'EUR', currency, 0.9, '-infinity' from tier_rules where currency <> 'EUR' on conflict do nothing`,
  `select rebuild_figures()`,
];
