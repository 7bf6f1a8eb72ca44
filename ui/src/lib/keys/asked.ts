import type { ApiKey } from '#lib/api/contract.ts';
import type { KeyAct } from './actions.ts';

/** Which dialog about keys is open. */
export type AskedKey = { act: 'create' } | { act: KeyAct; key: ApiKey };
