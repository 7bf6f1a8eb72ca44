import DataLoader from 'dataloader';

/** Most look-ups of one query: more go into a second one. */
const MOST = 200;

/** Look-ups of one kind; null for what does not exist. */
export interface Batched<Key, Row> {
  find(key: Key): Promise<Row | null>;
}

/**
 * Gathers the look-ups that arrive in one turn of the event loop into one query: with many callers at once most of the
 * round trips to the database are saved. Nothing is kept: each look-up is answered by a query sent after it was asked.
 * @param load answers the rows that exist, in any order
 * @param name what tells the key of a row and a key that was asked for to be the same
 */
export function batched<Key, Row>(
  load: (keys: Key[]) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
  name: (key: Key) => string,
): Batched<Key, Row> {
  const loader = new DataLoader<Key, Row | null>(
    async (keys) => {
      const rows = new Map((await load([...keys])).map((row) => [name(keyOf(row)), row]));
      return keys.map((key) => rows.get(name(key)) ?? null);
    },
    // Sockets are read one by one: only after all of them is it known who asks in this turn.
    { cache: false, maxBatchSize: MOST, batchScheduleFn: setImmediate },
  );
  return { find: (key) => loader.load(key) };
}
