<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Why an order is not committed. The same codes in every bridge, in the command line and in the API. */
enum RefusalCode: string
{
    case ResellerSuspended = 'reseller_suspended';
    case ResellerInactive = 'reseller_inactive';
    case ProgrammeOff = 'programme_off';
    case CouponRefused = 'coupon_refused';
    case PricesStale = 'prices_stale';
    case PricesMissing = 'prices_missing';
    case NotOffered = 'not_offered';
    case UnknownProduct = 'unknown_product';
    case UnknownOption = 'unknown_option';
    case OptionRequired = 'option_required';
    case QuantityOutOfRange = 'quantity_out_of_range';
    case CurrencyUnknown = 'currency_unknown';

    /** True when the same order may go through later without anybody changing it. */
    public function isRetryable(): bool
    {
        return $this === self::PricesStale || $this === self::PricesMissing;
    }
}
