-- Test mode: what test keys order and do lies in tables of its own, in the schema test_mode, which the functions below
-- make after the tables of the programme. A connection for test keys has this schema alone in its search path: every
-- statement of the service works there unchanged, and none of them can reach a live row.

-- What test keys may see of the programme itself, read-only: prices and what they are made of, terms, policies, test keys.
-- Everything else, whatever migration brings it, has an empty table of its own there.
create function test_mode_views() returns table (name text, rows text) language sql immutable as $$
  values ('api_call', 'where key_id in (select id from public.api_key where mode = ''test'')'),
         ('api_key', 'where mode = ''test'''),
         ('api_usage', 'where key_id in (select id from public.api_key where mode = ''test'')'),
         ('catalogue', ''), ('catalogue_product', ''), ('currency_rate', ''), ('figure_window', ''),
         ('own_price_cost', ''), ('own_price_list', ''), ('own_price_rule', ''),
         ('price_assignment', ''), ('price_book_cell', ''), ('price_change', ''), ('price_chunk', ''),
         ('price_chunk_source', ''), ('price_discount', ''), ('price_floor', ''), ('price_guard', ''), ('price_list', ''),
         ('price_list_version', ''), ('price_page', ''), ('price_version', ''), ('programme', ''), ('reseller', ''),
         ('reseller_policy', ''), ('reseller_profile', ''), ('rule_set', ''), ('settings', ''), ('tier', ''), ('tier_rules', '')
$$;

create function refuse_in_test_mode() returns trigger language plpgsql as $$
begin
  raise exception 'test mode changes nothing of %', tg_table_name using errcode = 'RTEST';
end $$;

create function test_mode_tables() returns table (id oid, name text, shared boolean) language sql stable as $$
  select c.oid, c.relname::text, v.name is not null
    from pg_class c left join public.test_mode_views() v on v.name = c.relname
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     and c.relname <> 'schema_migration'
     and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
   order by 2
$$;

create function test_mode_functions() returns table (definition text) language sql stable as $$
  select replace(pg_get_functiondef(p.oid), 'FUNCTION public.', 'FUNCTION test_mode.') from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname not like '%test\_mode%'
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
   order by p.proname
$$;

-- What the tables of test mode are made after. One of another form is not the same.
create function test_mode_form() returns text language sql stable set search_path = public as $$
  select md5(string_agg(line, e'\n' order by line)) from (
    select t.name || ' ' || t.shared || ' ' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
           || a.attnotnull || ' ' || a.attidentity::text || a.attgenerated::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as line
      from test_mode_tables() t join pg_attribute a on a.attrelid = t.id and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    union all select t.name || ' ' || pg_get_constraintdef(c.oid) from test_mode_tables() t join pg_constraint c on c.conrelid = t.id
    union all select pg_get_indexdef(i.indexrelid) from test_mode_tables() t join pg_index i on i.indrelid = t.id
    union all select pg_get_triggerdef(g.oid) from test_mode_tables() t join pg_trigger g on g.tgrelid = t.id and not g.tgisinternal
    union all select definition from test_mode_functions()
    union all select name || rows from test_mode_views()
  ) form
$$;

-- Before tables change: no view may stand in the way. Until align_test_mode() test keys reach nothing then, not the live rows.
create function open_test_mode() returns void language plpgsql as $$
declare
  one record;
begin
  for one in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'test_mode' and c.relkind = 'v' loop
    execute format('drop view test_mode.%I cascade', one.relname);
  end loop;
  if exists (select from pg_namespace where nspname = 'test_mode') then comment on schema test_mode is 'open'; end if;
end $$;

-- Makes the tables, views and functions of test mode anew when those of the programme changed; what lay in the tables
-- stays as far as it fits the new ones. Nothing in them has to be kept for anybody: it may all be deleted.
create function align_test_mode() returns boolean language plpgsql set search_path = public as $$
declare
  form text := test_mode_form();
  one record;
  before boolean := exists (select from pg_namespace where nspname = 'test_mode');
  statements text[] := '{}';
  fields text;
  statement text;
begin
  if before and obj_description((select oid from pg_namespace where nspname = 'test_mode'), 'pg_namespace') = form then
    return false;
  end if;
  if before then
    perform open_test_mode();
    alter schema test_mode rename to test_mode_before;
  end if;
  create schema test_mode;
  for one in select * from test_mode_tables() t left join test_mode_views() v using (name) loop
    if one.shared then
      execute format('create view test_mode.%I as select * from public.%I %s', one.name, one.name, one.rows);
      execute format('create trigger refused instead of insert or update or delete on test_mode.%I for each row '
                     'execute function public.refuse_in_test_mode()', one.name);
    else
      execute format('create table test_mode.%I (like public.%I including all)', one.name, one.name);
      select string_agg(quote_ident(a.attname), ', ') into fields
        from pg_attribute a join pg_attribute b on b.attname = a.attname and b.attnum > 0 and not b.attisdropped
       where a.attrelid = to_regclass(format('test_mode_before.%I', one.name)) and a.attnum > 0 and not a.attisdropped
         and a.attgenerated = '' and b.attgenerated = '' and b.attrelid = one.id;
      if fields is not null then
        begin
          execute format('insert into test_mode.%I (%s) overriding system value select %s from test_mode_before.%I',
                         one.name, fields, fields, one.name);
        exception when others then
          raise notice 'what test keys made in % was left behind: %', one.name, sqlerrm;
        end;
        for statement in
          select format('select setval(%L, greatest(1, (select max(%I) from test_mode.%I)))',
                        pg_get_serial_sequence('test_mode.' || quote_ident(one.name), a.attname), a.attname, one.name)
            from pg_attribute a where a.attrelid = one.id and a.attidentity <> '' loop
          execute statement;
        end loop;
      end if;
    end if;
  end loop;
  -- Read while the live tables are in the path, so that names come without a schema and mean test mode's own there.
  select coalesce(array_agg(definition), '{}') into statements from test_mode_functions();
  statements := statements || array(
    select format('alter table %I add constraint %I %s on delete cascade', t.name, c.conname,
                  replace(regexp_replace(pg_get_constraintdef(c.oid, true), ' ON (DELETE|UPDATE) .*', ''), ' REFERENCES ',
                          case when r.shared then ' REFERENCES public.' else ' REFERENCES ' end))
      from test_mode_tables() t join pg_constraint c on c.conrelid = t.id and c.contype = 'f'
      join test_mode_tables() r on r.id = c.confrelid where not t.shared order by t.name, c.conname);
  statements := statements || array(
    select pg_get_triggerdef(g.oid, true) from test_mode_tables() t join pg_trigger g on g.tgrelid = t.id and not g.tgisinternal
     where not t.shared and g.tgfoid not in ('activity_is_append_only()'::regprocedure, 'statement_is_final()'::regprocedure)
     order by t.name, g.tgname);
  perform set_config('search_path', 'test_mode', true), set_config('check_function_bodies', 'off', true);
  foreach statement in array statements loop
    begin
      execute statement;
    exception when foreign_key_violation then
      raise notice 'test mode: %', sqlerrm;
    end;
  end loop;
  execute format('comment on schema test_mode is %L', form);
  perform set_config('search_path', 'public', true), set_config('check_function_bodies', 'on', true);
  if before then drop schema test_mode_before cascade; end if;
  return true;
end $$;

-- All that a reseller's test keys made.
create function forget_test_data(reseller text) returns void language plpgsql as $$
declare
  one record;
begin
  delete from test_mode.api_idempotency where owner in (select id from public.api_key k where k.reseller_id = reseller);
  delete from test_mode.order_journal
   where order_id in (select id from test_mode.reseller_order o where o.reseller_id = reseller);
  for one in select t.name from public.test_mode_tables() t
               join pg_attribute a on a.attrelid = t.id and a.attname = 'reseller_id' and not a.attisdropped
              where not t.shared loop
    execute format('delete from test_mode.%I where reseller_id = $1', one.name) using reseller;
  end loop;
end $$;
