import type { FossbillingApi } from './api-client.ts';
import type { SignedCaller } from './module-caller.ts';
import type { AddonSetting } from './row-groups.ts';
import type { RowIndex } from './row-index.ts';
import type { ReadShop } from './shop.ts';

/** What the calls of the port share. */
export interface FossbillingHost {
  readonly api: FossbillingApi;
  readonly readShop: ReadShop;
  readonly rows: RowIndex;
  /** Whether the host's lists hold add-on rows. */
  readonly addonsShown: AddonSetting;
  /** The signed routes of our module in the host; null when only the host's own API is there. */
  readonly module: SignedCaller | null;
  /** IANA zone in which the provider bills. */
  readonly zone: string;
}
