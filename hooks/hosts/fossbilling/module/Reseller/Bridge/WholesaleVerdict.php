<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Commit exactly these amounts, write the locks (see Locks), keep the stamp. */
final readonly class WholesaleVerdict
{
    /**
     * @param list<PricedLine> $lines in the order of the order's lines
     * @param array{listHash: string, at: string} $stamp which list priced it, and when (pricing rule 24)
     * @param int $digits of the order's currency
     */
    public function __construct(
        public array $lines,
        public array $stamp,
        public string $resellerId,
        public int $digits,
    ) {
    }
}
