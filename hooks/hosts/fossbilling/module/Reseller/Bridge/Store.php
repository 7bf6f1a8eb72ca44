<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The tables of its own that a bridge keeps inside the host: price lists in use, price locks, outbox. Writing joins a
 * transaction that the caller has open: a host hook writes locks and events in the very transaction that commits the
 * order, so that neither exists without the other. Moments are the host's clock in UTC milliseconds.
 */
interface Store
{
    /** A next attempt at this moment means parked: never due again, and later events of its aggregate do not wait. */
    public const NEVER_MS = 9_007_199_254_740_991;

    /** The head of the index that was pulled last; null before the first pull. */
    public function readHead(): ?IndexHead;

    /** What the index says of a client account; null for an ordinary client, and before the first pull. */
    public function readEntry(string $clientId): ?IndexEntry;

    /**
     * Replaces the index, and adds every list, page and chunk that is new, at once; drops what no list names any more.
     * False, and nothing is written, when the index in hand is no longer the expected one: another pull was faster.
     *
     * @param string|null $expectedRevision revision of the index in hand when the pull began; null = none
     * @throws \UnexpectedValueException when the update names what neither it nor the store has; nothing is written
     */
    public function writeIndex(PriceListUpdate $update, ?string $expectedRevision): bool;

    /** Records that the index in hand is still the current one. */
    public function confirmIndex(int $confirmedAtMs): void;

    /**
     * Which of these content hashes are held already.
     *
     * @param list<string> $hashes
     * @return array<string, true>
     */
    public function heldHashes(array $hashes): array;

    public function hasList(string $hash): bool;

    /** The chunk that prices a product in a list, or null when the list lacks the product. */
    public function readChunk(string $listHash, string $product): ?PriceChunk;

    public function readLock(string $serviceId): ?PriceLock;

    /** Inserts, or replaces the service's lock when the given one is not older (`lockedAt`). True if written. */
    public function writeLock(PriceLock $lock): bool;

    /**
     * @param string|null $clientId null = all
     * @return list<PriceLock> by service id
     */
    public function readLocks(?string $clientId): array;

    /** Appends to the outbox. An event whose id is there already is left alone: hooks may run twice for one change. */
    public function appendEvent(Event $event): void;

    /**
     * Events that are due, oldest first. An event of an aggregate waits for its older undelivered ones, not for parked.
     *
     * @return list<OutboxEntry>
     */
    public function dueEvents(int $nowMs, int $limit): array;

    public function markDelivered(int $sequence, int $nowMs): void;

    /**
     * Records a failed attempt. NEVER_MS as next attempt parks the event.
     *
     * @param int $attempts all failed ones
     */
    public function markFailed(int $sequence, int $attempts, int $nextAttemptMs, string $reason): void;

    /** Every event that waits is due at once, whatever its next attempt; parked ones stay parked. */
    public function wakeEvents(): void;

    /**
     * Kept events after a sequence number, delivered or not (at least 30 days are kept). Stops before a number that is
     * missing below a young event: another transaction may be about to commit it, and a cursor that went past would
     * never see it.
     *
     * @return list<OutboxEntry>
     */
    public function eventsAfter(int $sequence, int $limit, int $nowMs): array;

    /** Drops delivered events of more than 30 days ago. For the host's cron. */
    public function dropOld(int $nowMs): void;
}
