<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The two charges of a component in a term and currency; `setup` null = no setup fee exists. */
final readonly class CellPrice
{
    public function __construct(public ChargeAmounts $price, public ?ChargeAmounts $setup)
    {
    }
}
