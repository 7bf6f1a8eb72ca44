/** What a customer is called wherever one word stands for it: its company, else its name. Lists are sorted by it. */
export function calledOf({ company, name }: { company?: string | null | undefined; name: string }): string {
  return company ?? name;
}

/** The same in SQL, of `customer c`. */
export const CALLED = 'coalesce(c.company, c.name)';

/** Beginnings of both, each with an index of its own: two parameters. */
export const CALLED_LIKE = '(lower(c.name) like ? or lower(c.company) like ?)';
