import type { Fixture } from './fixture.ts';
import { applicationFixtures } from './fixtures/applications.ts';
import { portalFixtures } from './fixtures/portal.ts';
import { priceFixtures } from './fixtures/prices.ts';
import { providerFixtures } from './fixtures/provider.ts';

/** How each procedure is called rightly. One without a fixture fails the walk. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  ...applicationFixtures,
  ...portalFixtures,
  ...priceFixtures,
  ...providerFixtures,
};
