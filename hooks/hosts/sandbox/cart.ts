import { quote, type Quote } from './checkout.ts';
import type { Host } from './host.ts';
import type { OrderRequest } from './requests.ts';
import { Refusal } from './refusal.ts';
import { writeCart, type Session } from './sessions.ts';

/** The cart with what it costs now; when it cannot be priced, the reason stands beside the lines. */
export type Cart = {
  currency: string;
  lines: OrderRequest['lines'];
  quote: Quote | null;
  refused: { code: string; message: string } | null;
};

export function readCart(host: Host, session: Session | undefined, coupon?: string): Cart {
  const lines = (session?.cart ?? []) as OrderRequest['lines'];
  const currency = session?.currency ?? session?.user?.currency ?? 'USD';
  if (lines.length === 0) return { currency, lines, quote: null, refused: null };
  try {
    return { currency, lines, quote: quote(host, session?.user, { currency, lines, coupon }), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { currency, lines, quote: null, refused: { code: error.code, message: error.message } };
  }
}

/** Puts a line into the cart, once it is known that the host sells it. */
export function addToCart(host: Host, session: Session, line: OrderRequest['lines'][0], currency: string): void {
  quote(host, undefined, { currency, lines: [line] });
  const kept = currency === session.currency ? session.cart : [];
  if (kept.length >= 50) throw new Refusal('quantity_out_of_range', 'A cart holds at most 50 lines.');
  writeCart(host, session, [...kept, line], currency);
}
