import { toProblem, type Problem } from './errors.ts';

/** One thing a user does that the service carries out: whether it is under way, and why it failed. */
export class Action {
  busy = $state(false);
  problem = $state<Problem | null>(null);

  /** The answer, or null when it failed (then `problem` says why) or one is under way already. */
  run = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    if (this.busy) return null;
    this.busy = true;
    this.problem = null;
    try {
      return await work();
    } catch (error) {
      this.problem = toProblem(error);
      return null;
    } finally {
      this.busy = false;
    }
  };
}
