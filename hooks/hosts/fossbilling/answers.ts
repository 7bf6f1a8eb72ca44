import type { LooseNumber } from './decimal-text.ts';

/** PHP's idea of yes and no. */
export type LooseFlag = boolean | number | string | null | undefined;

/** One billing period of a product. */
export interface HostPeriod {
  readonly price?: LooseNumber;
  readonly setup?: LooseNumber;
  readonly enabled?: LooseFlag;
}

/** `pricing` of everything but domains. */
export interface HostPricing {
  readonly type?: string;
  readonly free?: HostPeriod;
  readonly once?: HostPeriod;
  readonly recurrent?: Readonly<Record<string, HostPeriod>>;
}

/** One entry of a domain product's `pricing`. All prices are per year except the transfer's. */
export interface HostTld {
  readonly tld?: string;
  readonly price_registration?: LooseNumber;
  readonly price_renew?: LooseNumber;
  readonly price_transfer?: LooseNumber;
  readonly active?: LooseFlag;
  readonly allow_register?: LooseFlag;
  readonly allow_transfer?: LooseFlag;
  readonly min_years?: LooseNumber;
}

/** An entry of `product/get_list`, or of its `addons`, which lack category, status and visibility. */
export interface HostProduct {
  readonly id: number | string;
  readonly type?: string | undefined;
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly product_category_id?: number | string | null | undefined;
  readonly category?: { readonly title?: string | null | undefined } | null | undefined;
  readonly status?: string | undefined;
  /** When the host sets the product up: after_order, after_payment or manual. */
  readonly setup?: string | undefined;
  readonly hidden?: LooseFlag;
  readonly is_addon?: LooseFlag;
  readonly pricing: object | null;
  readonly addons?: readonly HostProduct[] | null | undefined;
}

/** An entry of `currency/get_list`. */
export interface HostCurrency {
  readonly code: string;
  readonly conversion_rate: LooseNumber;
  readonly default?: LooseFlag;
}

/** Yes or no as PHP means it: 0, "0", "", false and null are no. */
export function isYes(flag: LooseFlag): boolean {
  return Boolean(flag) && flag !== '0' && flag !== 'false';
}
