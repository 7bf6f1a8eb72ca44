import type { Examination } from './examine.ts';

/**
 * What a check found. ok: in order. warn: works, but somebody should know. fail: something does not work or charges
 * wrongly. skip: cannot be judged here, for the reason in `what`.
 */
export interface Finding {
  status: 'ok' | 'warn' | 'fail' | 'skip';
  /** What was found, in words. */
  what: string;
  /** What to do about it; null when there is nothing to do. */
  mend: string | null;
}

/** What must be there before a check can say anything. */
export type Need = 'database' | 'pairing' | 'bridge';

/** One thing the doctor looks at. */
export interface Check {
  /** theme.thing, never changed: scripts go by it. */
  id: string;
  needs: readonly Need[];
  /** A HostError that it throws is a finding of its own. */
  look: (examination: Examination) => Promise<Finding> | Finding;
}

export const ok = (what: string): Finding => ({ status: 'ok', what, mend: null });
export const skip = (what: string): Finding => ({ status: 'skip', what, mend: null });
export const warn = (what: string, mend: string): Finding => ({ status: 'warn', what, mend });
export const fail = (what: string, mend: string): Finding => ({ status: 'fail', what, mend });
