import type { Check } from '../check.ts';
import { addonsListed } from './addons-listed.ts';
import { bridgeAccepts } from './bridge-accepts.ts';
import { bridgeReachable } from './bridge-reachable.ts';
import { bridgeSound } from './bridge-sound.ts';
import { callLimit } from './call-limit.ts';
import { catalogueReadable } from './catalogue-readable.ts';
import { clocks } from './clocks.ts';
import { cronRunning } from './cron-running.ts';
import { databaseMigrated } from './database.ts';
import { equalQuote } from './equal-quote.ts';
import { eventsDelivered } from './events-delivered.ts';
import { hooksConnected } from './hooks-connected.ts';
import { nativeCheckout } from './native-checkout.ts';
import { hostPaired } from './paired.ts';
import { pricesInStep } from './prices-in-step.ts';
import { serviceAccepts } from './service-accepts.ts';
import { serviceReachable } from './service-reachable.ts';
import { serviceUp } from './service-up.ts';
import { tokenRights } from './token-rights.ts';
import { zeroPrices } from './zero-prices.ts';

/** In the order in which they are mended: what comes later often follows from what comes before. */
export const checks: readonly Check[] = [
  serviceUp,
  databaseMigrated,
  hostPaired,
  bridgeReachable,
  bridgeAccepts,
  serviceReachable,
  serviceAccepts,
  bridgeSound,
  clocks,
  hooksConnected,
  cronRunning,
  eventsDelivered,
  tokenRights,
  callLimit,
  addonsListed,
  catalogueReadable,
  zeroPrices,
  pricesInStep,
  equalQuote,
  nativeCheckout,
];
