import { buildIndex } from '../../modules/price-list/build-index.ts';
import { healthOf, NOT_REPORTED } from '../about.ts';
import { type Check, fail, ok, skip } from '../check.ts';

export const pricesInStep: Check = {
  id: 'prices.in-step',
  needs: ['bridge', 'database'],
  async look(examination) {
    const { priceRevision } = healthOf(examination);
    if (priceRevision === undefined) return skip(NOT_REPORTED);
    const index = await buildIndex(examination.orm.em.fork(), examination.now);
    if (!index) return fail('The service has not read the catalogue of the host yet.', 'See catalogue.readable.');
    if (priceRevision === index.revision) return ok('Host and service have the same price lists.');
    return fail(
      priceRevision === null ? 'The host has no price lists yet.' : 'The host has older price lists than the service.',
      'It pulls them by itself with each run of its cron: see service.reachable-from-host and cron.running.',
    );
  },
};
