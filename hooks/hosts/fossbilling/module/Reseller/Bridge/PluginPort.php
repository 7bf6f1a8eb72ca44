<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The plugin as a bridge sees it. Every function may throw PluginError. */
interface PluginPort
{
    /**
     * Delivers at most 100 events. An event without a result was not taken.
     *
     * @param list<string> $events each as JSON
     * @return list<IntakeResult>
     */
    public function sendEvents(array $events): array;

    /**
     * The price index, or null while its revision is still `revision`. A null revision: none is in hand.
     *
     * @return array<string, mixed>|null in the form of the contract
     */
    public function pullIndex(?string $revision): ?array;

    /** @return array{hash: string, pages: list<string>} */
    public function pullList(string $hash): array;

    /** @return array{hash: string, entries: list<array{product: string, chunk: string}>} */
    public function pullPage(string $hash): array;

    /**
     * At most 50 chunks, in any order.
     *
     * @param list<string> $hashes
     * @return list<array<string, mixed>> in the form of the contract
     */
    public function pullChunks(array $hashes): array;
}
