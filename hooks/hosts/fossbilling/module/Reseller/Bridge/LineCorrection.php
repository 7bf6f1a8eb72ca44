<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** One line of an invoice that must be charged otherwise before the invoice is sent. */
final readonly class LineCorrection
{
    /**
     * @param string $unitPrice decimal text with the currency's digits
     * @param string $reason differs_from_lock, differs_from_list or coupon_refused
     */
    public function __construct(public string $lineId, public string $unitPrice, public string $reason)
    {
    }
}
