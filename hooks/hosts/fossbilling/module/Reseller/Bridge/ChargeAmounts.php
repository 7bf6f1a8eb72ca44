<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Retail and wholesale of one charge in minor units. */
final readonly class ChargeAmounts
{
    public function __construct(public int $retail, public int $wholesale)
    {
    }
}
