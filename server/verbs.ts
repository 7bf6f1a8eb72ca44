import { exportActivity, exportOwnActivity } from './modules/activity/export.ts';
import { parkEvent } from './modules/intake/park.ts';
import { receiveEvent } from './modules/intake/receive.ts';
import { exportStatement } from './modules/statement/export.ts';
import { router } from './trpc/router.ts';
import type { AnyVerb } from './verb.ts';

/** What tRPC does not serve: exports are streamed, events come in signed. */
const others = [exportActivity, exportOwnActivity, exportStatement, parkEvent, receiveEvent];

/** By path; its type keeps the areas apart, which are one at run time. */
// oxlint-disable-next-line no-underscore-dangle -- tRPC names it so
const procedures = router._def.procedures as unknown as Record<string, { _def: { meta: { verb: AnyVerb } } }>;

/** Every verb of the service, for the permission matrix, the feature list, and tests that hold for all of them. */
export const allVerbs: readonly AnyVerb[] = [...Object.values(procedures).map(({ _def }) => _def.meta.verb), ...others];
