import { CatalogueHead } from '../../modules/catalogue/entity.ts';
import { type Check, fail, ok, skip, warn } from '../check.ts';

/** It is read every quarter of an hour. */
const OLD_MINUTES = 60;

export const catalogueReadable: Check = {
  id: 'catalogue.readable',
  needs: ['bridge', 'database'],
  async look({ host, orm, now }) {
    if (!host) return skip('There is no access to the host: see token.rights.');
    const { catalogue } = await host['catalogue.read']({});
    const offered = catalogue.products.filter((product) => product.offered).length;
    if (offered === 0) return warn('The host offers no product.', 'Switch on what resellers may order in the host.');
    const head = await orm.em.fork().findOne(CatalogueHead, 1);
    const minutes = head ? (now.getTime() - head.readAt.getTime()) / 60_000 : Infinity;
    if (minutes < OLD_MINUTES) return ok(`The catalogue is read: ${offered} products are offered.`);
    return fail(
      head ? `The service read the catalogue last at ${head.readAt.toISOString()}.` : 'The service never read it.',
      'Start the service: its jobs read the catalogue every 15 minutes. See its log for "job failed".',
    );
  },
};
