<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Plain SQL on a connection of the host, whatever its error mode and fetch mode are. MySQL, MariaDB and SQLite. */
final class Sql
{
    public readonly bool $isSqlite;
    private int $depth = 0;

    public function __construct(private readonly \PDO $pdo)
    {
        $this->isSqlite = $pdo->getAttribute(\PDO::ATTR_DRIVER_NAME) === 'sqlite';
    }

    /**
     * Runs a statement.
     *
     * @param list<string|int|null> $parameters
     * @return int rows that changed
     * @throws \PDOException
     */
    public function run(string $sql, array $parameters = []): int
    {
        return $this->execute($sql, $parameters)->rowCount();
    }

    /**
     * As `run`, for an INSERT: false when a row of the same key is there.
     *
     * @param list<string|int|null> $parameters
     * @throws \PDOException for any other failure
     */
    public function insert(string $sql, array $parameters): bool
    {
        try {
            $this->execute($sql, $parameters);
            return true;
        } catch (\PDOException $error) {
            // Not INSERT IGNORE: that hides cut and wrong values too.
            $code = $error->errorInfo[1] ?? null;
            $isDuplicate = $this->isSqlite
                ? $code === 19 && str_contains((string) ($error->errorInfo[2] ?? ''), 'UNIQUE')
                : $code === 1062;
            return $isDuplicate ? false : throw $error;
        }
    }

    /**
     * @param list<string|int|null> $parameters
     * @return list<array<string, mixed>>
     * @throws \PDOException
     */
    public function rows(string $sql, array $parameters = []): array
    {
        return array_values($this->execute($sql, $parameters)->fetchAll(\PDO::FETCH_ASSOC));
    }

    /**
     * @param list<string|int|null> $parameters
     * @return array<string, mixed>|null the first row
     * @throws \PDOException
     */
    public function row(string $sql, array $parameters = []): ?array
    {
        return $this->rows($sql, $parameters)[0] ?? null;
    }

    /**
     * All or nothing. Inside a transaction of the host only the work of this function is undone when it throws.
     *
     * @template Value
     * @param callable(): Value $work
     * @return Value
     */
    public function transaction(callable $work): mixed
    {
        $savepoint = $this->pdo->inTransaction() ? 'mod_reseller_' . ++$this->depth : null;
        $savepoint === null ? $this->pdo->beginTransaction() : $this->pdo->exec("SAVEPOINT {$savepoint}");
        try {
            $value = $work();
            $savepoint === null ? $this->pdo->commit() : $this->pdo->exec("RELEASE SAVEPOINT {$savepoint}");
            return $value;
        } catch (\Throwable $error) {
            try {
                $savepoint === null ? $this->pdo->rollBack() : $this->pdo->exec("ROLLBACK TO SAVEPOINT {$savepoint}");
            } catch (\PDOException) {
                // A lost connection has undone everything; the first error says more.
            }
            throw $error;
        }
    }

    /** @param list<string|int|null> $parameters */
    private function execute(string $sql, array $parameters): \PDOStatement
    {
        $statement = $this->pdo->prepare($sql);
        if ($statement === false) {
            throw self::failure($this->pdo->errorInfo());
        }
        foreach ($parameters as $position => $value) {
            // Numbers as numbers: emulated prepared statements put '10' into LIMIT otherwise.
            $type = is_int($value) ? \PDO::PARAM_INT : ($value === null ? \PDO::PARAM_NULL : \PDO::PARAM_STR);
            $statement->bindValue($position + 1, $value, $type);
        }
        if (!$statement->execute()) {
            throw self::failure($statement->errorInfo());
        }
        return $statement;
    }

    /** @param array<int, mixed> $info */
    private static function failure(array $info): \PDOException
    {
        $error = new \PDOException((string) ($info[2] ?? 'The database refused a statement.'));
        $error->errorInfo = $info;
        return $error;
    }
}
