import type { Fixture } from './fixture.ts';
import { applicationFixtures } from './fixtures/applications.ts';
import { apiFixtures } from './fixtures/api.ts';
import { portalFixtures } from './fixtures/portal.ts';
import { priceFixtures } from './fixtures/prices.ts';
import { providerFixtures } from './fixtures/provider.ts';
import { testModeFixtures } from './fixtures/test-mode.ts';

/** How each procedure is called rightly. One without a fixture fails the walk. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  ...applicationFixtures,
  ...apiFixtures,
  ...portalFixtures,
  ...priceFixtures,
  ...providerFixtures,
  ...testModeFixtures,
};
