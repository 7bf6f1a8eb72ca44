import { applicationRoutes } from './routes/applications.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { customerRoutes } from './routes/customers.ts';
import { keyRoutes } from './routes/keys.ts';
import { moneyRoutes } from './routes/money.ts';
import { orderRoutes } from './routes/orders.ts';
import { priceRoutes } from './routes/prices.ts';
import { providerRoutes } from './routes/provider.ts';
import { resellerRoutes } from './routes/resellers.ts';
import { tierRoutes } from './routes/tiers.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { testModeRoutes } from './routes/test-mode.ts';
import type { Route } from './route.ts';

/** Every operation of the API but quotes, which go a shorter way. */
export const routes: readonly Route[] = [
  ...catalogueRoutes,
  ...customerRoutes,
  ...orderRoutes,
  ...moneyRoutes,
  ...keyRoutes,
  ...webhookRoutes,
  ...applicationRoutes,
  ...resellerRoutes,
  ...tierRoutes,
  ...priceRoutes,
  ...testModeRoutes,
  ...providerRoutes,
];
