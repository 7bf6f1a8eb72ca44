<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * What the guard says of an invoice. Both lists empty: send it. Held lines: do not send it, tell the staff `message`.
 * Corrections: store these unit prices first.
 */
final readonly class InvoiceVerdict
{
    /**
     * @param list<LineCorrection> $corrections empty where lines are held
     * @param list<string> $heldLines ids of lines that have no price to check against
     */
    public function __construct(
        public array $corrections = [],
        public array $heldLines = [],
        public ?string $message = null,
    ) {
    }
}
