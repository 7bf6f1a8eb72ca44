import type { Line } from './line.ts';

/** What a bench gets of the run. */
export interface BenchRun {
  /** About half a minute for everything: to see that it works, not to quote. */
  quick: boolean;
  /** Resellers of the large network; everything else in proportion. */
  resellers: number;
  /** A database that `npm run seed` filled: measured instead of making the large network. */
  seededUrl?: string;
  /** Makes an empty database on the run's own PostgreSQL and answers its connection string. */
  database(name: string): Promise<string>;
  /** A new empty folder that goes with the run. */
  folder(name: string): string;
  /** Tells a person what is going on. */
  say(words: string): void;
}

/** A group of measurements that share a set-up. Names of its lines begin with `<name>.`. */
export interface Bench {
  name: string;
  run(run: BenchRun): Promise<Line[]>;
}
