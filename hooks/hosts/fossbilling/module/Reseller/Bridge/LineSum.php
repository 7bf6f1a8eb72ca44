<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Sums of a line in minor units: for one unit, for the whole line, and the setup fees of the whole line (rule 3). */
final readonly class LineSum
{
    private function __construct(public int $unit, public int $price, public int $setup)
    {
    }

    /**
     * unit = Σ component amount × component quantity; line = unit × line quantity. Setup fees are multiplied by the
     * line quantity only where the host does so. Sums are exact; nothing is rounded here.
     *
     * @param iterable<array{price: int, setup: int, quantity: int}> $parts amounts in minor units
     * @throws AmountError when a sum is too large
     */
    public static function of(iterable $parts, int $quantity, bool $setupPerQuantity): self
    {
        $unit = 0;
        $setup = 0;
        foreach ($parts as $part) {
            $unit = Money::plus($unit, Money::times($part['price'], $part['quantity']));
            $setup = Money::plus($setup, Money::times($part['setup'], $part['quantity']));
        }
        $setup = $setupPerQuantity ? Money::times($setup, $quantity) : $setup;
        return new self($unit, Money::times($unit, $quantity), $setup);
    }
}
