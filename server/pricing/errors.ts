import type { RefusalCode } from '../../hooks/prices/refusal.ts';

/** Everything the price engine refuses with. The second half is what an order is refused with. */
export type PricingErrorCode =
  | 'bad_usage'
  | 'unreadable_file'
  | 'not_json'
  | 'duplicate_field'
  | 'invalid_format'
  | 'invalid_moment'
  | 'invalid_period'
  | 'duplicate_id'
  | 'duplicate_price'
  | 'contradictory_option'
  | 'ambiguous_rules'
  | 'unknown_component'
  | 'unknown_tier'
  | 'amount_too_precise'
  | 'negative_amount'
  | 'internal_error'
  | RefusalCode;

/** Which of the given documents an error is in. */
export type PricingInput = 'catalogue' | 'rules' | 'reseller' | 'order' | 'arguments';

/**
 * Input that cannot be priced. `path` is a JSON Pointer into the document, "" for the whole of it; the message tells a
 * person what to change.
 */
export class PricingError extends Error {
  override readonly name = 'PricingError';
  readonly code: PricingErrorCode;
  readonly path: string;
  readonly input: PricingInput;

  constructor(code: PricingErrorCode, input: PricingInput, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
    this.input = input;
  }
}
