import type { Capability } from '../contract/index.ts';
import type { Levers } from './driver.ts';
import type { Trial } from './trial.ts';

/** One thing every bridge must do. */
export interface ConformanceCase {
  /** theme.guarantee, never changed: reports are compared by it. */
  id: string;
  /** Capabilities without which the case says nothing of a host. */
  capabilities?: readonly Capability[];
  /** Levers without which nobody can try it. */
  levers?: readonly (keyof Levers)[];
  /** Throws when the host does otherwise. May throw `NotApplicable`. */
  run: (trial: Trial) => Promise<void>;
}

/** The host has nothing this case could be tried on, for a reason that only shows while running. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}
