<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** An invoice that is about to be sent, as far as it is checked. */
final readonly class InvoiceToCheck
{
    /**
     * @param int $digits of the currency at the host
     * @param list<InvoiceLine> $lines
     */
    public function __construct(
        public string $clientId,
        public string $currency,
        public int $digits,
        public array $lines,
    ) {
    }
}
