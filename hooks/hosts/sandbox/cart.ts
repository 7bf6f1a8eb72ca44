import { quote, type Quote } from './checkout.ts';
import { Refusal, type Host } from './kit.ts';
import { writeCart, type CartLines, type Session } from './sessions.ts';

/** The cart with what it costs now; when it cannot be ordered, the reason stands beside the lines. */
export type Cart = {
  currency: string;
  lines: CartLines;
  quote: Quote | null;
  refused: { code: string; message: string } | null;
};

export function readCart(host: Host, session: Session | undefined, coupon?: string): Cart {
  const { cart: lines = [], currency = 'USD', account } = session ?? {};
  if (lines.length === 0) return { currency, lines, quote: null, refused: null };
  try {
    return { currency, lines, quote: quote(host, account, { currency, lines, coupon }), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { currency, lines, quote: null, refused: { code: error.code, message: error.message } };
  }
}

/** Puts a line into the cart, once it is known that the host sells it. A cart is in one currency: another one empties it. */
export function addToCart(host: Host, session: Session, line: CartLines[0], currency: string): Cart {
  quote(host, undefined, { currency, lines: [line] });
  const kept = currency === session.currency ? session.cart : [];
  if (kept.length >= 50) throw new Refusal('quantity_out_of_range', 'A cart holds at most 50 lines.');
  const cart = [...kept, line];
  writeCart(host, session, cart, currency);
  return readCart(host, { ...session, cart, currency });
}
