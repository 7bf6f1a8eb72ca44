/**
 * SQL that counts calls into the current minute of each name of `source(name, n)`, which ends in an alias. A minute begins
 * with its first call. What the minute before left over is carried, at most `burst`. Sorted, so that two processes never
 * wait for each other crosswise. `rate` and `burst` are SQL.
 */
export function spendSql(source: string, rate: string, burst: string): string {
  const over = `b.started_at <= excluded.started_at - interval '1 minute'`;
  const longAgo = `b.started_at <= excluded.started_at - interval '2 minutes'`;
  return `insert into api_rate as b (name, started_at, used, carried)
    select name, (select now from moment), n, 0 from ${source} order by name
    on conflict (name) do update set
      started_at = case when ${over} then excluded.started_at else b.started_at end,
      carried = case when not ${over} then b.carried
        else least(${burst}, greatest(0, case when ${longAgo} then ${rate} else ${rate} + b.carried - b.used end)) end,
      used = case when ${over} then excluded.used else least(b.used + excluded.used, 1000000000) end
    returning name, used, carried, started_at`;
}
