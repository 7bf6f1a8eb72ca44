<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

/** Where the swapped product service takes its prices from. */
interface PriceSource
{
    /**
     * Null where it has no price: then the host's own stays, and the guard decides.
     *
     * @param string $type of the product
     * @param array<string, mixed> $config of the cart's line
     * @return array{price: float, setup: float}|null for one unit, and for the whole line, in the shop's own currency
     */
    public function find(string $productId, string $type, array $config): ?array;

    /** False where discounts of the host do not count on these prices. */
    public function discountsCount(): bool;
}
