import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ServiceError } from '../../errors.ts';
import type { QuoteRequest } from './schemas.ts';

/*
 * A quote is a signed statement, not a row: it names the list and the order it prices, so that holding a price costs no
 * write. It becomes single use when an order takes its id (pricing.md rule 23).
 */

const content = z.object({
  id: z.string().max(60),
  reseller: z.string().max(60),
  list: z.string().max(80),
  /** Unix milliseconds. */
  at: z.int(),
  until: z.int(),
  order: z.string().length(43),
});
export type QuoteContent = z.infer<typeof content>;

/** A digest of what was asked for: the quote is good for exactly this order. */
export function orderDigest({ currency, lines }: QuoteRequest): string {
  const normal = lines.map(({ product, term, quantity, options, action, domain }) => [
    product,
    term,
    quantity,
    Object.entries(options).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    action ?? null,
    domain ?? null,
  ]);
  return hash('sha256', JSON.stringify([currency, normal]), 'base64url');
}

/** Signs quotes with a key that all processes of the service share. */
export class QuoteSigner {
  // A KeyObject: preparing a key anew for each signature costs five times the signature itself.
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key);
  }

  sign(quote: QuoteContent): string {
    const body = Buffer.from(JSON.stringify(quote)).toString('base64url');
    return `${body}.${this.#mac(body).toString('base64url')}`;
  }

  /** @throws price_changed for a quote that is not ours, ran out, or was made for another reseller or order */
  verify(token: string, expected: { reseller: string; order: string; now: Date }): QuoteContent {
    const [body = '', mac = ''] = token.split('.');
    const given = Buffer.from(mac, 'base64url');
    const wanted = this.#mac(body);
    const genuine = given.length === wanted.length && timingSafeEqual(given, wanted);
    const quote = genuine ? content.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))) : null;
    if (!quote || quote.reseller !== expected.reseller || quote.order !== expected.order) {
      throw new ServiceError(
        'price_changed',
        'This quote was made for another order. Ask for a new one and check the prices.',
        '/quote',
      );
    }
    if (quote.until < expected.now.getTime()) {
      throw new ServiceError('price_changed', 'This quote ran out. Ask for a new one and check the prices.', '/quote');
    }
    return quote;
  }

  #mac(body: string): Buffer {
    return createHmac('sha256', this.#key).update(`quote.${body}`).digest();
  }
}
