import { untrack } from 'svelte';
import { pageAsked } from '#lib/view.ts';
import { toProblem, type Problem } from './errors.ts';
import { watchPulse } from './pulse.svelte.ts';

const SKELETON_AFTER = 150;
const SLOW_AFTER = 4000;

/** The state of one read, as the templates of screens.md 3.0 want it. */
export class Loaded<Value> {
  /** The last good answer; stays while a newer one is on its way. */
  data = $state.raw<Value | null>(null);
  /** Which page of a list `data` is. It changes with the data, not with the address, which is ahead of it. */
  page = $state(1);
  problem = $state<Problem | null>(null);
  busy = $state(false);
  /** Waited long enough to show a skeleton. */
  waiting = $state(false);
  slow = $state(false);
  #load: (signal: AbortSignal) => Promise<Value>;
  /** The page that is wanted: another one than `page` while it is on its way, or when it could not be read. */
  readonly asked: () => number;
  #running: AbortController | null = null;

  constructor(load: (signal: AbortSignal) => Promise<Value>, asked: () => number) {
    this.#load = load;
    this.asked = asked;
  }

  refresh = async (): Promise<void> => {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.busy = true;
    // What is read follows the place in the list by its cursor, and only if it has one.
    const page = untrack(this.asked);
    const late = setTimeout(() => (this.waiting = true), SKELETON_AFTER);
    const slow = setTimeout(() => (this.slow = true), SLOW_AFTER);
    try {
      const value = await this.#load(run.signal);
      if (run.signal.aborted) return;
      this.data = value;
      this.page = page;
      this.problem = null;
    } catch (error) {
      if (run.signal.aborted) return;
      this.problem = toProblem(error);
    } finally {
      clearTimeout(late);
      clearTimeout(slow);
      if (this.#running === run) this.busy = this.waiting = this.slow = false;
    }
  };

  stop(): void {
    this.#running?.abort();
  }
}

/**
 * Loads what `read` asks for, again whenever something it reads before its first `await` changes, and when the service
 * reports a new version of one of the resources in `follows`. Call it while a component starts. `asked` is for a list that
 * turns its pages itself, without the address.
 */
export function load<Value>(
  read: (signal: AbortSignal) => Promise<Value>,
  follows: string[] = [],
  asked: () => number = pageAsked,
): Loaded<Value> {
  const loaded = new Loaded(read, asked);
  $effect(() => {
    void loaded.refresh();
    return () => loaded.stop();
  });
  if (follows.length > 0) $effect(() => watchPulse(follows, () => void loaded.refresh()));
  return loaded;
}
