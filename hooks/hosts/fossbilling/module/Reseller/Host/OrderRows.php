<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Sql;

/** The rows of client_order with what we left in their meta: reading them, and the few things we write. */
final readonly class OrderRows
{
    /** Values in one IN (…). */
    private const BATCH = 500;

    public function __construct(private Sql $sql)
    {
    }

    public function find(string $id): ?OrderRow
    {
        return $this->ofIds([$id])[$id] ?? null;
    }

    /**
     * @param list<string> $ids
     * @return array<array-key, OrderRow> by id, in the order of their ids
     */
    public function ofIds(array $ids): array
    {
        $rows = [];
        foreach (array_chunk(array_values(array_unique($ids)), self::BATCH) as $batch) {
            $marks = implode(', ', array_fill(0, count($batch), '?'));
            $rows = [...$rows, ...$this->read("o.id IN ({$marks})", $batch)];
        }
        return array_column($rows, null, 'id');
    }

    /**
     * All rows of the order that a row belongs to: those with its reference, or its group when it is not the plugin's.
     *
     * @return list<OrderRow> oldest first, those of the plugin by line
     */
    public function ofOrder(OrderRow $row): array
    {
        if ($row->reference !== null) {
            return $this->ofReference($row->clientId, $row->reference);
        }
        if ($row->groupId === null) {
            return [$row];
        }
        // The host has no index of groups. Its master is made first, so that only newer rows are looked through.
        $from = $row->isMaster ? $row->id : '0';
        $group = 'o.client_id = ? AND o.id >= ? AND o.group_id = ?';
        return $this->read($group, [$row->clientId, $from, $row->groupId]);
    }

    /** True when a row is alone or all rows of its order are there: the plugin makes them one by one. */
    public function isWhole(OrderRow $row): bool
    {
        $lines = $row->note?->place['lines'] ?? 1;
        return $row->reference === null || count($this->ofOrder($row)) >= $lines;
    }

    /**
     * The id of the order that each row belongs to: that of its first row.
     *
     * @param array<array-key, OrderRow> $rows
     * @return array<array-key, string> by id of the row
     */
    public function orderIds(array $rows): array
    {
        $ids = [];
        $groups = [];
        foreach ($rows as $row) {
            $ids[$row->id] = $row->note?->place['first'] ?? $row->id;
            if (!$row->isMaster && $row->groupId !== null && ($row->note?->place['first'] ?? null) === null) {
                $groups[$row->clientId][$row->groupId] = true;
            }
        }
        foreach ($groups as $clientId => $wanted) {
            $masters = $this->masters((string) $clientId, array_map(strval(...), array_keys($wanted)));
            foreach ($rows as $row) {
                $noted = ($row->note?->place['first'] ?? null) !== null;
                if (!$row->isMaster && !$noted && $row->clientId === (string) $clientId) {
                    $ids[$row->id] = $masters[$row->groupId ?? ''] ?? $row->id;
                }
            }
        }
        return $ids;
    }

    /** Keeps our note with the row, in the connection's transaction. */
    public function writeNote(string $rowId, LineNote $note): void
    {
        $now = HostTime::stored((int) (microtime(true) * 1000));
        $values = [$note->write(), $now, $rowId, LineNote::KEY];
        $update = 'UPDATE client_order_meta SET value = ?, updated_at = ? WHERE client_order_id = ? AND name = ?';
        $known = 'SELECT id FROM client_order_meta WHERE client_order_id = ? AND name = ?';
        if ($this->sql->row($known, [$rowId, LineNote::KEY]) !== null) {
            $this->sql->run($update, $values);
            return;
        }
        $this->sql->run(
            'INSERT INTO client_order_meta (value, updated_at, client_order_id, name, created_at) VALUES (?, ?, ?, ?, ?)',
            [...$values, $now],
        );
    }

    /** Sets what the host takes its renewals from. No discount is left beside it: the price is what was agreed. */
    public function setPrice(string $rowId, string $price): void
    {
        $now = HostTime::stored((int) (microtime(true) * 1000));
        $update = 'UPDATE client_order SET price = ?, discount = 0, updated_at = ? WHERE id = ?';
        $this->sql->run($update, [$price, $now, $rowId]);
    }

    /** @return list<OrderRow> */
    private function ofReference(string $clientId, string $reference): array
    {
        $own = 'o.client_id = ? AND EXISTS (SELECT 1 FROM client_order_meta m WHERE m.client_order_id = o.id
            AND m.name = ? AND m.value = ?)';
        $rows = $this->read($own, [$clientId, LineNote::REFERENCE_KEY, $reference]);
        $lines = [];
        foreach ($rows as $row) {
            // Of two rows for one line, which a lost answer can leave behind, the older one counts.
            $lines[$row->note?->place['line'] ?? count($lines)] ??= $row;
        }
        ksort($lines);
        return array_values($lines);
    }

    /**
     * @param list<string> $groups
     * @return array<array-key, string> id of the master by group
     */
    private function masters(string $clientId, array $groups): array
    {
        $marks = implode(', ', array_fill(0, count($groups), '?'));
        $sql = "SELECT id, group_id FROM client_order WHERE client_id = ? AND group_master = 1 AND group_id IN ({$marks})";
        return array_map(strval(...), array_column($this->sql->rows($sql, [$clientId, ...$groups]), 'id', 'group_id'));
    }

    /**
     * @param list<string> $values
     * @return list<OrderRow> oldest first
     */
    private function read(string $where, array $values): array
    {
        $rows = $this->sql->rows("SELECT o.* FROM client_order o WHERE {$where} ORDER BY o.id", $values);
        $ids = array_map(static fn (array $row): string => (string) $row['id'], $rows);
        $meta = [];
        foreach (array_chunk($ids, self::BATCH) as $batch) {
            $marks = implode(', ', array_fill(0, count($batch), '?'));
            $sql = "SELECT client_order_id, name, value FROM client_order_meta
                WHERE client_order_id IN ({$marks}) AND name IN (?, ?)";
            foreach ($this->sql->rows($sql, [...$batch, LineNote::REFERENCE_KEY, LineNote::KEY]) as $entry) {
                $meta[$entry['client_order_id']][$entry['name']] = (string) $entry['value'];
            }
        }
        return array_map(static fn (array $row) => OrderRow::of($row, $meta[$row['id']] ?? []), $rows);
    }
}
