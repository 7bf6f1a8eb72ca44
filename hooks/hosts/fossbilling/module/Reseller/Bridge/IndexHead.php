<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What the price index says for all resellers. Their entries are read one by one: see IndexEntry. */
final readonly class IndexHead
{
    /**
     * @param string $revision content hash of the whole index, also its ETag
     * @param array<string, int> $digits of each currency, by its code
     * @param int $refuseAfterSeconds an index that was not confirmed for this long refuses orders (rule 24)
     * @param int $confirmedAtMs when it was last confirmed, by the host's clock in UTC milliseconds
     */
    private function __construct(
        public string $revision,
        public bool $programmeOn,
        public bool $couponsAllowed,
        public array $digits,
        public string $catalogueTax,
        public bool $setupPerQuantity,
        public int $refuseAfterSeconds,
        public int $confirmedAtMs,
    ) {
    }

    /** @param array<string, mixed> $index in the form of the contract; its entries are not looked at */
    public static function of(array $index, int $confirmedAtMs): self
    {
        return new self(
            $index['revision'],
            $index['programme'] === 'on',
            $index['coupons'] === 'allow',
            array_column($index['currencies'], 'digits', 'code'),
            $index['catalogueTax'],
            $index['setupPerQuantity'],
            $index['refuseAfterSeconds'],
            $confirmedAtMs,
        );
    }
}
