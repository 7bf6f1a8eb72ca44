<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Everything one pull brought: the new index, and the lists, pages and chunks that were not held. Hashes are checked. */
final readonly class PriceListUpdate
{
    /**
     * @param array<string, mixed> $index in the form of the contract
     * @param int $confirmedAtMs the host's clock in UTC milliseconds
     * @param array<string, list<string>> $lists hashes of pages, by the list's hash
     * @param array<string, list<array{product: string, chunk: string}>> $pages entries, by the page's hash
     * @param array<string, string> $chunks each chunk as JSON, by its hash: decoded ones would need many times the memory
     */
    public function __construct(
        public array $index,
        public int $confirmedAtMs,
        public array $lists,
        public array $pages,
        public array $chunks,
    ) {
    }
}
