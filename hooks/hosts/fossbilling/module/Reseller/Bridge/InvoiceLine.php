<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** One line of an invoice, as far as it is checked. */
final readonly class InvoiceLine
{
    /**
     * @param string $kind product, setup, domain, discount, credit, fee, top_up or other
     * @param string|null $serviceId the service it charges for
     * @param string $occasion new (first charge), renewal or other
     * @param string $unitPrice decimal text as the host stores it
     * @param string $amount unitPrice × quantity, as the host stores it
     * @param Proration|null $prorated part of a term that is charged, when the host prorates
     */
    public function __construct(
        public string $id,
        public string $kind,
        public ?string $serviceId,
        public string $occasion,
        public int $quantity,
        public string $unitPrice,
        public string $amount,
        public ?Proration $prorated = null,
    ) {
    }
}
