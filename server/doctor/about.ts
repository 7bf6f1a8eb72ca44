import { type CallResponse, HostError, type HostHealth } from '../../hooks/contract/index.ts';
import type { Examination } from './examine.ts';

/** What the bridge said of itself; only for checks that need the bridge. */
export function aboutOf({ about }: Examination): CallResponse<'describe'> {
  if (about === null || about instanceof HostError) throw new Error('the bridge was not asked');
  return about;
}

/** What it said of its own state; empty for a bridge that reports none. */
export function healthOf(examination: Examination): HostHealth {
  return aboutOf(examination).health ?? {};
}

/** How a skipped check says that the bridge did not report what it judges. */
export const NOT_REPORTED = 'The bridge in the host does not report this.';
