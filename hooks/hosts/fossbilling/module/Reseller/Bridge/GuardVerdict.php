<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * What the guard says of a line. `reason` null: leave it. Otherwise `correctTo` is the unit amount to store instead and
 * `difference` what the whole line changes by, in minor units; `no_price` has nothing to compare with and must be held,
 * never guessed.
 */
final readonly class GuardVerdict
{
    /** @param 'differs_from_lock'|'differs_from_list'|'no_price'|null $reason */
    public function __construct(
        public ?string $reason = null,
        public ?int $correctTo = null,
        public ?int $difference = null,
    ) {
    }
}
