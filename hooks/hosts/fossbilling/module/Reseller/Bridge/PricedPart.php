<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A component of a priced line in minor units: amount = unit × quantity, for one unit of the line. */
final readonly class PricedPart
{
    public function __construct(
        public string $component,
        public int $quantity,
        public int $unit,
        public int $amount,
    ) {
    }
}
