<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Host\Wholesale;

/**
 * A reseller's list as the host's product service needs it: in the shop's own currency, which the host multiplies by
 * its rate afterwards. Dividing first gives the listed amount back, to the hundredth that the host stores.
 */
final readonly class ListPrices implements PriceSource
{
    public function __construct(private Wholesale $prices, private float $rate)
    {
    }

    public function find(string $productId, string $type, array $config): ?array
    {
        $item = CartLines::item($productId, $type, $config);
        $priced = $item === null ? null : $this->prices->price($item);
        if (!$priced instanceof PricedLine) {
            return null;
        }
        return ['price' => (float) $priced->unitPrice / $this->rate, 'setup' => (float) $priced->setup / $this->rate];
    }

    public function discountsCount(): bool
    {
        return $this->prices->couponsAllowed();
    }
}
