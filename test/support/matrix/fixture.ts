import type { ServiceContext } from '../../../server/context.ts';
import type { Owner, World } from './world.ts';

export interface Prepared {
  input: Record<string, unknown>;
  /** Who may do it where that is not the table's usual actor: the client of this application, say. */
  as?: ServiceContext;
}

/** A valid call as `owner` could make it, or the provider about it; what the call uses up is new each time. */
export type Fixture = (world: World, owner: Owner) => Prepared | Promise<Prepared>;

/** A call that takes nothing, or nothing that has to exist. */
export const plain =
  (input: Record<string, unknown> = {}): Fixture =>
  () => ({ input: structuredClone(input) });
