/** A row of the inbox that could not be applied and tells of a client of the host, whatever kind of event it is. */
export const setAsideOf = (client: string): string =>
  `outcome = 'parked' and exists
     (select from (select jsonb_path_query(body, '$.**.clientId') as id union all select jsonb_path_query(body, '$.**.client.id')) c
       where c.id = to_jsonb(${client}::text))`;
