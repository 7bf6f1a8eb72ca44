import { quantile } from './statistics.ts';

export interface Load {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** How long to go on: for a time, or until everything was done once. */
export type Until = { seconds: number } | { count: number };

/** Has `callers` callers do `work` in turns, each beginning its next piece when the last one is done. */
export async function load(work: (index: number) => Promise<unknown>, callers: number, until: Until): Promise<Load> {
  const times: number[] = [];
  const begin = performance.now();
  const end = 'seconds' in until ? begin + until.seconds * 1000 : Number.POSITIVE_INFINITY;
  const count = 'count' in until ? until.count : Number.POSITIVE_INFINITY;
  let next = 0;
  const call = async () => {
    while (next < count && performance.now() < end) {
      const index = next;
      next += 1;
      const start = performance.now();
      await work(index);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const seconds = (performance.now() - begin) / 1000;
  const sorted = times.toSorted((left, right) => left - right);
  return { perSecond: sorted.length / seconds, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
