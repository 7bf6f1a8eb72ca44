<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * The bridge's own tables. `upgrade` may run at any time and any number of times: at activation, and lazily, because
 * hosts copy new files over old ones without a word. Not inside a transaction: MySQL ends it at the first CREATE.
 *
 * A change of tables is a new step at the end of `steps`; steps that were released are never edited.
 */
final class Schema
{
    private const TABLES = [
        'meta', 'head', 'entry', 'content', 'list_page', 'page_entry', 'lock', 'outbox', 'nonce', 'state',
    ];

    private function __construct(private readonly Sql $sql)
    {
    }

    /**
     * Brings the tables to the version of this code. Tables of a newer version are left alone: steps only add.
     *
     * @return int the version that the tables have now
     */
    public static function upgrade(\PDO $pdo): int
    {
        $schema = new self(new Sql($pdo));
        $schema->table('meta', ['name' => 'key', 'value' => 'key'], ['name']);
        $version = $schema->version();
        foreach (array_slice($schema->steps(), $version, null, true) as $position => $step) {
            $step();
            $schema->remember($version = $position + 1);
        }
        return $version;
    }

    /** Removes every table, with everything in them. */
    public static function drop(\PDO $pdo): void
    {
        $sql = new Sql($pdo);
        foreach (self::TABLES as $name) {
            $sql->run("DROP TABLE IF EXISTS mod_reseller_{$name}");
        }
    }

    /** @return list<\Closure(): void> each may run again after it broke off half-way */
    private function steps(): array
    {
        return [
            function (): void {
                // One row, for all that the index says of everybody; an empty revision = never pulled.
                $head = ['one' => 'int', 'revision' => 'key', 'json' => 'json', 'confirmed_ms' => 'int'];
                $this->table('head', $head, ['one']);
                $this->sql->insert('INSERT INTO mod_reseller_head VALUES (1, ?, ?, 0)', ['', '{}']);
                $this->table('entry', ['client_id' => 'key', 'json' => 'json'], ['client_id']);
                $this->table('content', ['hash' => 'key', 'kind' => 'key', 'json' => 'json'], ['hash'], [['kind']]);
                $list = ['list_hash' => 'key', 'position' => 'int', 'page_hash' => 'key'];
                $this->table('list_page', $list, ['list_hash', 'position'], [['page_hash']]);
                $page = ['page_hash' => 'key', 'product' => 'key', 'chunk_hash' => 'key'];
                $this->table('page_entry', $page, ['page_hash', 'product'], [['chunk_hash']]);
                $lock = ['service_id' => 'key', 'client_id' => 'key', 'locked_ms' => 'int', 'writes' => 'int'];
                $this->table('lock', $lock + ['json' => 'json'], ['service_id'], [['client_id']]);
                $this->outbox();
                $this->table('nonce', ['id' => 'key', 'until_ms' => 'int'], ['id'], [['until_ms']]);
            },
            // What the module around the bridge remembers: settings, sealed keys.
            fn () => $this->table('state', ['name' => 'key', 'value' => 'json'], ['name']),
        ];
    }

    private function outbox(): void
    {
        $sequence = $this->sql->isSqlite
            ? 'INTEGER PRIMARY KEY AUTOINCREMENT'
            : 'BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT';
        $columns = [
            'event_id' => 'key',
            'aggregate' => 'key',
            'json' => 'json',
            'at_ms' => 'int',
            // 1 until it is delivered or parked.
            'waiting' => 'int',
            'attempts' => 'int',
            'next_ms' => 'int',
            'delivered_ms' => 'optional int',
            'reason' => 'optional text',
        ];
        $keys = [['waiting', 'aggregate', 'sequence'], ['waiting', 'sequence'], ['delivered_ms']];
        $this->table('outbox', ['sequence' => $sequence] + $columns, [], $keys);
        $this->index('outbox', 'UNIQUE', ['event_id']);
    }

    /**
     * @param array<string, string> $columns name to type, a word of `type` or SQL
     * @param list<string> $primary
     * @param list<list<string>> $indexes
     */
    private function table(string $name, array $columns, array $primary, array $indexes = []): void
    {
        $parts = [];
        foreach ($columns as $column => $type) {
            $parts[] = "{$column} " . $this->type($type);
        }
        if ($primary !== []) {
            $parts[] = 'PRIMARY KEY (' . implode(', ', $primary) . ')';
        }
        $engine = $this->sql->isSqlite ? '' : ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4';
        $this->sql->run("CREATE TABLE IF NOT EXISTS mod_reseller_{$name} (" . implode(', ', $parts) . "){$engine}");
        foreach ($indexes as $index) {
            $this->index($name, '', $index);
        }
    }

    private function type(string $word): string
    {
        return match ($word) {
            // Bytes, not text: identifiers that differ in case, accents or trailing spaces are different ones.
            'key' => $this->sql->isSqlite ? 'TEXT NOT NULL' : 'VARBINARY(480) NOT NULL',
            'json' => $this->sql->isSqlite ? 'TEXT NOT NULL' : 'LONGTEXT NOT NULL',
            'int' => 'BIGINT NOT NULL',
            'optional int' => 'BIGINT NULL',
            'optional text' => 'TEXT NULL',
            default => $word,
        };
    }

    /** @param list<string> $columns */
    private function index(string $table, string $kind, array $columns): void
    {
        $name = "mod_reseller_{$table}_" . implode('_', $columns);
        $create = "CREATE {$kind} INDEX %s {$name} ON mod_reseller_{$table} (" . implode(', ', $columns) . ')';
        if ($this->sql->isSqlite) {
            $this->sql->run(sprintf($create, 'IF NOT EXISTS'));
            return;
        }
        $there = 'SELECT 1 FROM information_schema.statistics
            WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1';
        if ($this->sql->row($there, ["mod_reseller_{$table}", $name]) === null) {
            $this->sql->run(sprintf($create, ''));
        }
    }

    private function version(): int
    {
        $row = $this->sql->row('SELECT value FROM mod_reseller_meta WHERE name = ?', ['schema']);
        return (int) ($row['value'] ?? 0);
    }

    private function remember(int $version): void
    {
        if (!$this->sql->insert('INSERT INTO mod_reseller_meta VALUES (?, ?)', ['schema', (string) $version])) {
            $this->sql->run('UPDATE mod_reseller_meta SET value = ? WHERE name = ?', [(string) $version, 'schema']);
        }
    }
}
