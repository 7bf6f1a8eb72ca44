<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A Store in the host's own database, over its connection. Tables: Schema. */
final class PdoStore implements Store
{
    private const KEEP_MS = 30 * 86_400_000;

    /** Longer than a transaction of the host may stay open with an event that nobody sees yet. */
    private const SETTLED_MS = 60_000;

    /** Values in one IN (…). */
    private const BATCH = 500;

    private readonly Sql $sql;

    /** @var array<string, PriceChunk> by list and product: both are named by their content, so neither ever changes */
    private array $chunks = [];

    public function __construct(\PDO $pdo)
    {
        $this->sql = new Sql($pdo);
    }

    public function readHead(): ?IndexHead
    {
        $row = $this->sql->row('SELECT revision, json, confirmed_ms FROM mod_reseller_head');
        return $row === null || $row['revision'] === ''
            ? null
            : IndexHead::of(Json::read($row['json']), (int) $row['confirmed_ms']);
    }

    public function readEntry(string $clientId): ?IndexEntry
    {
        $row = $this->sql->row('SELECT json FROM mod_reseller_entry WHERE client_id = ?', [$clientId]);
        return $row === null ? null : IndexEntry::of(Json::read($row['json']));
    }

    public function writeIndex(PriceListUpdate $update, ?string $expectedRevision): bool
    {
        $this->chunks = [];
        return $this->sql->transaction(function () use ($update, $expectedRevision): bool {
            $lock = $this->sql->isSqlite ? '' : ' FOR UPDATE';
            $row = $this->sql->row("SELECT revision FROM mod_reseller_head WHERE one = 1{$lock}");
            if (($row['revision'] ?? '') !== ($expectedRevision ?? '')) {
                return false;
            }
            $this->requireComplete($update);
            $this->writeContent($update);
            $this->writeEntries($update->index['entries']);
            $head = Json::stored(array_diff_key($update->index, ['entries' => true]));
            $this->sql->run(
                'UPDATE mod_reseller_head SET revision = ?, json = ?, confirmed_ms = ? WHERE one = 1',
                [$update->index['revision'], $head, $update->confirmedAtMs],
            );
            $this->dropUnnamed(self::listsOf($update->index));
            return true;
        });
    }

    public function confirmIndex(int $confirmedAtMs): void
    {
        $this->sql->run('UPDATE mod_reseller_head SET confirmed_ms = ?', [$confirmedAtMs]);
    }

    public function heldHashes(array $hashes): array
    {
        $held = [];
        foreach (array_chunk(array_values($hashes), self::BATCH) as $batch) {
            $sql = 'SELECT hash FROM mod_reseller_content WHERE hash IN (' . self::marks($batch) . ')';
            foreach ($this->sql->rows($sql, $batch) as $row) {
                $held[$row['hash']] = true;
            }
        }
        return $held;
    }

    public function hasList(string $hash): bool
    {
        $sql = "SELECT 1 FROM mod_reseller_content WHERE hash = ? AND kind = 'list'";
        return $this->sql->row($sql, [$hash]) !== null;
    }

    public function readChunk(string $listHash, string $product): ?PriceChunk
    {
        $known = $this->chunks["{$listHash} {$product}"] ?? null;
        if ($known !== null) {
            return $known;
        }
        $row = $this->sql->row(
            'SELECT c.json FROM mod_reseller_list_page l
            JOIN mod_reseller_page_entry e ON e.page_hash = l.page_hash AND e.product = ?
            JOIN mod_reseller_content c ON c.hash = e.chunk_hash
            WHERE l.list_hash = ? ORDER BY l.position LIMIT 1',
            [$product, $listHash],
        );
        if ($row === null) {
            return null;
        }
        return $this->chunks["{$listHash} {$product}"] = PriceChunk::of(Json::read($row['json']));
    }

    public function readLock(string $serviceId): ?PriceLock
    {
        $row = $this->sql->row('SELECT json FROM mod_reseller_lock WHERE service_id = ?', [$serviceId]);
        return $row === null ? null : PriceLock::read(Fields::of(Json::read($row['json'])));
    }

    public function writeLock(PriceLock $lock): bool
    {
        $lockedMs = Moment::parse($lock->lockedAt) ?? throw new \InvalidArgumentException('lockedAt is no moment.');
        $values = [$lock->clientId, $lockedMs, Json::stored($lock), $lock->serviceId];
        // Inserting first: an UPDATE that finds nothing makes two orders at the same time wait for each other in MySQL.
        $insert = 'INSERT INTO mod_reseller_lock (client_id, locked_ms, json, service_id, writes) VALUES (?, ?, ?, ?, 1)';
        if ($this->sql->insert($insert, $values)) {
            return true;
        }
        // `writes` makes each replacement a change, so that MySQL counts it also when all else is the same.
        $update = 'UPDATE mod_reseller_lock SET client_id = ?, locked_ms = ?, json = ?, writes = writes + 1
            WHERE service_id = ? AND locked_ms <= ?';
        return $this->sql->run($update, [...$values, $lockedMs]) > 0;
    }

    public function readLocks(?string $clientId): array
    {
        $rows = $clientId === null
            ? $this->sql->rows('SELECT json FROM mod_reseller_lock ORDER BY service_id')
            : $this->sql->rows(
                'SELECT json FROM mod_reseller_lock WHERE client_id = ? ORDER BY service_id',
                [$clientId],
            );
        return array_map(static fn (array $row) => PriceLock::read(Fields::of(Json::read($row['json']))), $rows);
    }

    public function appendEvent(Event $event): void
    {
        $sql = 'INSERT INTO mod_reseller_outbox (event_id, aggregate, json, at_ms, waiting, attempts, next_ms)
            VALUES (?, ?, ?, ?, 1, 0, 0)';
        $json = Json::stored(Json::readExactly($event->json));
        $this->sql->insert($sql, [$event->id, $event->aggregate, $json, $event->occurredAtMs]);
    }

    public function dueEvents(int $nowMs, int $limit): array
    {
        $sql = 'SELECT o.* FROM mod_reseller_outbox o WHERE o.waiting = 1 AND o.next_ms <= ? AND NOT EXISTS
            (SELECT 1 FROM mod_reseller_outbox older WHERE older.waiting = 1 AND older.aggregate = o.aggregate
                AND older.sequence < o.sequence)
            ORDER BY o.sequence LIMIT ?';
        return array_map(self::entry(...), $this->sql->rows($sql, [$nowMs, $limit]));
    }

    public function markDelivered(int $sequence, int $nowMs): void
    {
        $sql = 'UPDATE mod_reseller_outbox SET waiting = 0, delivered_ms = ?, reason = NULL WHERE sequence = ?';
        $this->sql->run($sql, [$nowMs, $sequence]);
    }

    public function markFailed(int $sequence, int $attempts, int $nextAttemptMs, string $reason): void
    {
        // Two runs of a cron may overlap: what one delivered stays delivered.
        $sql = 'UPDATE mod_reseller_outbox SET waiting = ?, attempts = ?, next_ms = ?, reason = ?
            WHERE sequence = ? AND delivered_ms IS NULL';
        $waiting = $nextAttemptMs === self::NEVER_MS ? 0 : 1;
        $this->sql->run($sql, [$waiting, $attempts, $nextAttemptMs, $reason, $sequence]);
    }

    public function wakeEvents(): void
    {
        $this->sql->run('UPDATE mod_reseller_outbox SET next_ms = 0 WHERE waiting = 1 AND next_ms > 0', []);
    }

    public function eventsAfter(int $sequence, int $limit, int $nowMs): array
    {
        $sql = 'SELECT * FROM mod_reseller_outbox WHERE sequence > ? ORDER BY sequence LIMIT ?';
        $events = [];
        foreach ($this->sql->rows($sql, [$sequence, $limit]) as $row) {
            $follows = (int) $row['sequence'] === $sequence + 1;
            if (!$follows && (int) $row['at_ms'] > $nowMs - self::SETTLED_MS) {
                break;
            }
            $sequence = (int) $row['sequence'];
            $events[] = self::entry($row);
        }
        return $events;
    }

    public function dropOld(int $nowMs): void
    {
        $this->sql->run('DELETE FROM mod_reseller_outbox WHERE delivered_ms < ?', [$nowMs - self::KEEP_MS]);
    }

    /** Everything the new index names must be in the update or in the store. */
    private function requireComplete(PriceListUpdate $update): void
    {
        $this->requireHeld(array_diff(self::listsOf($update->index), array_keys($update->lists)));
        $pages = array_merge(...array_values($update->lists));
        $this->requireHeld(array_diff($pages, array_keys($update->pages)));
        $chunks = array_column(array_merge(...array_values($update->pages)), 'chunk');
        $this->requireHeld(array_diff($chunks, array_keys($update->chunks)));
    }

    /** @param array<int, string> $hashes */
    private function requireHeld(array $hashes): void
    {
        $hashes = array_values(array_unique($hashes));
        $missing = array_diff($hashes, array_keys($this->heldHashes($hashes)));
        if ($missing !== []) {
            throw new \UnexpectedValueException('The update names ' . reset($missing) . ' but does not bring it.');
        }
    }

    private function writeContent(PriceListUpdate $update): void
    {
        foreach ($update->lists as $hash => $pages) {
            if (!$this->addContent($hash, 'list', '')) {
                continue;
            }
            foreach ($pages as $position => $page) {
                $this->sql->run('INSERT INTO mod_reseller_list_page VALUES (?, ?, ?)', [$hash, $position, $page]);
            }
        }
        foreach ($update->pages as $hash => $entries) {
            if (!$this->addContent($hash, 'page', '')) {
                continue;
            }
            foreach ($entries as ['product' => $product, 'chunk' => $chunk]) {
                $this->sql->insert('INSERT INTO mod_reseller_page_entry VALUES (?, ?, ?)', [$hash, $product, $chunk]);
            }
        }
        foreach ($update->chunks as $hash => $json) {
            $this->addContent($hash, 'chunk', $json);
        }
    }

    /** False when it is held: content is immutable, and its hash says that it is the same. */
    private function addContent(string $hash, string $kind, string $json): bool
    {
        return $this->sql->insert('INSERT INTO mod_reseller_content VALUES (?, ?, ?)', [$hash, $kind, $json]);
    }

    /**
     * Writes only what differs: an index of thousands of resellers mostly stays the same.
     *
     * @param list<array<string, mixed>> $entries
     */
    private function writeEntries(array $entries): void
    {
        $held = array_column($this->sql->rows('SELECT client_id, json FROM mod_reseller_entry'), 'json', 'client_id');
        foreach ($entries as $entry) {
            $id = $entry['clientId'];
            $json = Json::stored($entry);
            if (!isset($held[$id])) {
                $this->sql->run('INSERT INTO mod_reseller_entry VALUES (?, ?)', [$id, $json]);
            } elseif ($held[$id] !== $json) {
                $this->sql->run('UPDATE mod_reseller_entry SET json = ? WHERE client_id = ?', [$json, $id]);
            }
            unset($held[$id]);
        }
        $this->deleteIn('mod_reseller_entry', 'client_id', array_map(strval(...), array_keys($held)));
    }

    /**
     * Lists that the index names, their pages and chunks stay; the rest goes.
     *
     * @param list<string> $lists
     */
    private function dropUnnamed(array $lists): void
    {
        $held = array_column($this->sql->rows("SELECT hash FROM mod_reseller_content WHERE kind = 'list'"), 'hash');
        $unnamed = array_values(array_diff($held, $lists));
        $this->deleteIn('mod_reseller_content', 'hash', $unnamed);
        $this->deleteIn('mod_reseller_list_page', 'list_hash', $unnamed);
        $this->sql->run("DELETE FROM mod_reseller_content WHERE kind = 'page'
            AND hash NOT IN (SELECT page_hash FROM mod_reseller_list_page)");
        $this->sql->run('DELETE FROM mod_reseller_page_entry
            WHERE page_hash NOT IN (SELECT page_hash FROM mod_reseller_list_page)');
        $this->sql->run("DELETE FROM mod_reseller_content WHERE kind = 'chunk'
            AND hash NOT IN (SELECT chunk_hash FROM mod_reseller_page_entry)");
    }

    /** @param list<string> $values */
    private function deleteIn(string $table, string $column, array $values): void
    {
        foreach (array_chunk($values, self::BATCH) as $batch) {
            $this->sql->run("DELETE FROM {$table} WHERE {$column} IN (" . self::marks($batch) . ')', $batch);
        }
    }

    /** @param array<string, mixed> $row */
    private static function entry(array $row): OutboxEntry
    {
        return new OutboxEntry(
            (int) $row['sequence'],
            (int) $row['attempts'],
            $row['event_id'],
            $row['aggregate'],
            $row['json'],
        );
    }

    /**
     * @param array<string, mixed> $index
     * @return list<string> hashes of the lists that an index names, each once
     */
    private static function listsOf(array $index): array
    {
        $lists = array_merge(...array_column($index['entries'], 'lists'));
        return array_values(array_unique(array_column($lists, 'hash')));
    }

    /** @param list<string> $values */
    private static function marks(array $values): string
    {
        return implode(', ', array_fill(0, count($values), '?'));
    }
}
