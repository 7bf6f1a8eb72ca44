<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What is known while the lines of one reseller's invoice are judged. */
final readonly class GuardContext
{
    /**
     * @param int $digits of the currency at the host
     * @param int $nowMs the host's clock in UTC milliseconds
     * @param \Closure(string): (OrderItem|PricedLine|null) $describeService see CheckInvoice
     */
    public function __construct(
        public Store $store,
        public IndexHead $head,
        public IndexEntry $entry,
        public string $currency,
        public int $digits,
        public int $nowMs,
        public \Closure $describeService,
    ) {
    }
}
