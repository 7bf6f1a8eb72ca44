<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A priced line in minor units. `renewal` is what each later term costs for one unit, null when it does not renew. */
final readonly class PricedAmounts
{
    /** @param list<PricedPart> $parts */
    public function __construct(
        public LineSum $wholesale,
        public LineSum $retail,
        public ?int $renewal,
        public array $parts,
    ) {
    }
}
