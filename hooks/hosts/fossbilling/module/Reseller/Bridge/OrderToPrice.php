<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What the host's shop asks before it commits an order. */
final readonly class OrderToPrice
{
    /**
     * @param string $currency code of the currency the order will be stored in
     * @param string|null $coupon code that the buyer gave
     * @param list<OrderItem> $lines
     */
    public function __construct(
        public string $clientId,
        public string $currency,
        public ?string $coupon,
        public array $lines,
    ) {
    }
}
