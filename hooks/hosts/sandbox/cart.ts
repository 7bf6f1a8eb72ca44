import { quote } from './checkout.ts';
import { Refusal, refuse, type Host } from './kit.ts';
import { writeCart, type CartLines, type Session } from './sessions.ts';

/** The cart with what it costs now; when it cannot be ordered, the reason stands beside the lines. */
export function readCart(host: Host, session: Session | undefined, coupon?: string) {
  const { cart: lines = [], currency = 'USD', account } = session ?? {};
  if (lines.length === 0) return { currency, lines, quote: null, refused: null };
  try {
    return { currency, lines, quote: quote(host, account, { currency, lines, coupon }), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { currency, lines, quote: null, refused: { code: error.code, message: error.message } };
  }
}

/** Puts a line into the cart, once it is known that the host sells it. A cart has one currency: another one empties it. */
export function addToCart(host: Host, session: Session, line: CartLines[0], currency: string) {
  quote(host, undefined, { currency, lines: [line] });
  const kept = currency === session.currency ? session.cart : [];
  if (kept.length >= 50) refuse('quantity_out_of_range', 'A cart holds at most 50 lines.');
  const cart = [...kept, line];
  writeCart(host, session, cart, currency);
  return readCart(host, { ...session, cart, currency });
}
