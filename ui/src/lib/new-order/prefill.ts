import { api } from '#lib/api/client.ts';
import type { Catalogue, OrderAgain } from '#lib/api/contract.ts';
import { toBuyer } from './customers.ts';
import type { OrderDraft } from './draft.svelte.ts';
import { DraftLine } from './line.svelte.ts';

/** Begins an order for a customer or with a product that was named, or with the lines of an earlier order still sold. */
export async function prefill(
  draft: OrderDraft,
  catalogue: Catalogue,
  from: { customer: string; again: string; product?: string },
): Promise<OrderAgain | null> {
  const earlier = from.again ? await api().orders.again.query({ id: from.again }) : null;
  const customerId = from.customer || earlier?.customerId;
  if (customerId) draft.customer = toBuyer(await api().customers.get.query({ id: customerId }));
  draft.catalogue = catalogue;
  for (const { item, now } of earlier?.lines ?? []) {
    const product = catalogue.products.find(({ id }) => id === item.product);
    if (!product || !now) continue;
    const line = new DraftLine(product);
    if (item.action) line.chooseAction(item.action);
    line.chooseTerm(item.term);
    line.quantity = item.quantity;
    // A domain or host name is taken by the earlier order: it is asked for anew.
    Object.assign(line.options, item.options);
    draft.lines.push(line);
    draft.active = line.key;
  }
  const named = catalogue.products.find(({ id }) => id === from.product);
  if (named) {
    const line = new DraftLine(named);
    draft.lines.push(line);
    draft.active = line.key;
  }
  if (draft.customer || (draft.lines.length > 0 && !named)) draft.step = 'products';
  return earlier;
}
