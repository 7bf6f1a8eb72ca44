import { toProblem, type Problem } from './errors.ts';
import { watchPulse } from './pulse.svelte.ts';

const SKELETON_AFTER = 150;
const SLOW_AFTER = 4000;

/** The state of one read, as the templates of screens.md 3.0 want it. */
export class Loaded<Value> {
  /** The last good answer; stays while a newer one is on its way. */
  data = $state.raw<Value | null>(null);
  problem = $state<Problem | null>(null);
  busy = $state(false);
  /** Waited long enough to show a skeleton. */
  waiting = $state(false);
  slow = $state(false);
  #load: (signal: AbortSignal) => Promise<Value>;
  #running: AbortController | null = null;

  constructor(load: (signal: AbortSignal) => Promise<Value>) {
    this.#load = load;
  }

  refresh = async (): Promise<void> => {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    this.busy = true;
    const late = setTimeout(() => (this.waiting = true), SKELETON_AFTER);
    const slow = setTimeout(() => (this.slow = true), SLOW_AFTER);
    try {
      const value = await this.#load(run.signal);
      if (run.signal.aborted) return;
      this.data = value;
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
 * reports a new version of one of the resources in `follows`. Call it while a component starts.
 */
export function load<Value>(read: (signal: AbortSignal) => Promise<Value>, follows: string[] = []): Loaded<Value> {
  const loaded = new Loaded(read);
  $effect(() => {
    void loaded.refresh();
    return () => loaded.stop();
  });
  if (follows.length > 0) $effect(() => watchPulse(follows, () => void loaded.refresh()));
  return loaded;
}
