import type { ServiceContext } from '../../server/context.ts';

/**
 * 2,000 products more in the catalogue, as the host told them: five lines each in four terms, at 10.00 US dollars. Without a
 * host that has them: the next reading of the catalogue takes them out again.
 */
export async function fillCatalogue({ em }: Pick<ServiceContext, 'em'>): Promise<void> {
  await em.execute(`
    with term as (
      select jsonb_agg(jsonb_build_object('term', term, 'currency', 'USD', 'price', '10.00',
                                          'setup', null, 'priceCost', null, 'setupCost', null)) as prices
        from unnest(array['1M', '3M', '1Y', '2Y']) term),
    part as (
      select c, jsonb_build_object('id', case c when 0 then 'base' else 'part-' || c end,
                                   'kind', case c when 0 then 'base' else 'option' end, 'prices', prices)
                || case c when 0 then '{}' else jsonb_build_object('option', jsonb_build_object('id', 'part-' || c, 'type', 'flag')) end as component,
             jsonb_build_object('id', 'part-' || c, 'title', 'Part ' || c, 'choices', '[]'::jsonb) as words
        from generate_series(0, 4) c cross join term),
    whole as (select jsonb_agg(component order by c) as components, jsonb_agg(words order by c) filter (where c > 0) as options from part)
    insert into catalogue_product (id, group_id, offered, product, display, hash, position)
    select 'bulk-' || n, 'vps', true,
           jsonb_build_object('id', 'bulk-' || n, 'group', 'vps', 'offered', true, 'components', components),
           jsonb_build_object('id', 'bulk-' || n, 'title', 'Server ' || n, 'description', null, 'addons', '[]'::jsonb,
                              'needs', null, 'options', options),
           md5(n::text), 1000 + n
      from generate_series(1, 2000) n cross join whole`);
}
