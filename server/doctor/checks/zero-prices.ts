import { loadCatalogue } from '../../modules/price-list/load-catalogue.ts';
import { readCell } from '../../pricing/omission.ts';
import { type Check, ok, skip, warn } from '../check.ts';

const SHOWN = 5;

/** Recurring terms at 0 beside others above 0: nobody can order them, since a forgotten price looks just the same. */
export const zeroPrices: Check = {
  id: 'catalogue.zero-prices',
  needs: ['database'],
  async look({ orm }) {
    const catalogue = await loadCatalogue(orm.em.fork());
    if (!catalogue) return skip('The service has not read the catalogue of the host yet.');
    const digits = new Map(catalogue.currencies.map((currency) => [currency.code, currency.digits]));
    const found = catalogue.products
      .filter(({ offered }) => offered)
      .flatMap(({ id, components }) =>
        components.flatMap((component) =>
          component.prices
            .filter((cell) => readCell(component, cell, digits.get(cell.currency)) === 'zero_price_unconfirmed')
            .map(({ term, currency }) => `${id} ${component.id} ${term} ${currency}`),
        ),
      );
    if (found.length === 0) return ok('No term of a product stands at 0 by oversight.');
    const rest = found.length > SHOWN ? `, and ${found.length - SHOWN} more` : '';
    return warn(
      `${found.length} price(s) of 0 are not sold: ${found.slice(0, SHOWN).join('; ')}${rest}.`,
      'Set their price in the host, or switch these billing periods off there.',
    );
  },
};
