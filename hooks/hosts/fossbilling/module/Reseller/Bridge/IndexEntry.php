<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What the bridge does with one client account: its state, and the lists that hold for it, shipped ahead. */
final readonly class IndexEntry
{
    /**
     * @param string $state active, suspended, inactive or terminated
     * @param string|null $publicReason shown to a reseller whose order is refused
     * @param list<array{hash: string, validFrom: string, validUntil: string|null}> $lists
     */
    private function __construct(
        public string $clientId,
        public string $resellerId,
        public string $state,
        public ?string $publicReason,
        private array $lists,
    ) {
    }

    /** @param array<string, mixed> $entry in the form of the contract */
    public static function of(array $entry): self
    {
        return new self(
            $entry['clientId'],
            $entry['resellerId'],
            $entry['state'],
            $entry['publicReason'],
            $entry['lists'],
        );
    }

    /**
     * The list that holds at a moment: validFrom ≤ now < validUntil, on the host's clock (rule 17). Where several hold,
     * the one that began last. Null when none does.
     *
     * @param int $nowMs UTC milliseconds
     */
    public function listAt(int $nowMs): ?string
    {
        $best = null;
        $bestFrom = PHP_INT_MIN;
        foreach ($this->lists as $list) {
            $from = Moment::parse($list['validFrom']);
            $until = $list['validUntil'] === null ? PHP_INT_MAX : Moment::parse($list['validUntil']);
            if ($from <= $nowMs && $nowMs < $until && $from >= $bestFrom) {
                $best = $list['hash'];
                $bestFrom = $from;
            }
        }
        return $best;
    }
}
