import type { HostOrder } from '../../contract/index.ts';
import type { FossbillingHost } from './host.ts';
import { NOTE_KEY, REFERENCE_KEY, writeNote, type LineNote } from './line-note.ts';
import { looseId } from './loose.ts';
import type { PlannedRow, PlaceRequest } from './plan-rows.ts';
import { storableText } from './storable-text.ts';

/** What a row is made with beside its line. */
export interface RowPlace {
  /** Id of the order's first row, null when this is the first. */
  readonly first: string | null;
  /** Group of the row's product, for an add-on. */
  readonly groupId: string | null;
  /** How many add-ons the order hangs on this row. */
  readonly addons: number;
}

/**
 * Makes one row at our price. Not with the host's option to invoice it: the host would make a renewal of it, which fails
 * for a service that does not run yet.
 * @returns the row's id @throws HostError
 */
export async function createRow(
  { api }: FossbillingHost,
  request: PlaceRequest,
  planned: PlannedRow,
  place: RowPlace,
): Promise<string> {
  const { item, sold, config } = planned;
  const { title } = sold.product;
  return api.call(
    'order/create',
    {
      client_id: request.clientId,
      product_id: sold.product.id,
      quantity: item.quantity,
      price: item.unitPrice,
      currency: request.money.currency,
      config,
      ...(item.term === 'once' ? {} : { period: item.term }),
      ...(sold.product.type === 'hosting' && item.domain && title
        ? { title: `${title} for ${item.domain.toLowerCase()}` }
        : {}),
      ...(place.groupId === null ? {} : { group_id: place.groupId }),
      ...staffNotes(request),
      meta: {
        [REFERENCE_KEY]: request.reference,
        [NOTE_KEY]: writeNote(noteOf(request, planned, place)),
      },
    },
    looseId,
    { kind: 'write' },
  );
}

function noteOf(request: PlaceRequest, { line, item }: PlannedRow, { first, addons }: RowPlace): LineNote {
  const { price: _price, quantity: _quantity, term: _term, ...kept } = item;
  const { stamp, customer, note } = request;
  const lines = request.lines.length;
  return {
    ...kept,
    v: 1,
    place: { line, lines, first, addons },
    stamp,
    lock: null,
    order: first === null ? { customer, note } : null,
  };
}

/** Whom the order is for, where the provider's staff see it. */
function staffNotes({ customer, note }: Pick<HostOrder, 'customer' | 'note'>): { notes?: string } {
  const parts = [
    ...(customer === null ? [] : [`Customer: ${customer.name} (${customer.reference})`]),
    ...(note === null ? [] : [note]),
  ];
  return parts.length === 0 ? {} : { notes: storableText(parts.join('\n')) };
}
