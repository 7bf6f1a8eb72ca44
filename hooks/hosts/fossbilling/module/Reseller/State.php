<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\Sql;

/**
 * What the module itself remembers: one row a subject in mod_reseller_state, read with one query a request. Secrets are
 * sealed; the host's own configuration store is not used, because it hands plain values to every listener.
 */
final class State
{
    private readonly Sql $sql;

    /** @var array<string, string>|null by name */
    private ?array $rows = null;

    public function __construct(\PDO $pdo, private readonly SecretBox $box)
    {
        $this->sql = new Sql($pdo);
    }

    /**
     * @return array<string, mixed>|null null when there is none
     * @throws \PDOException before the tables are made
     */
    public function get(string $name): ?array
    {
        $text = $this->rows()[$name] ?? null;
        $value = $text === null ? null : Json::read($text);
        return is_array($value) ? $value : null;
    }

    /** @param array<string, mixed> $value */
    public function put(string $name, array $value): void
    {
        $this->write($name, Json::stored($value));
    }

    /**
     * A sealed row; null when there is none or it cannot be opened (`has` tells which).
     *
     * @return array<string, mixed>|null
     */
    public function getSealed(string $name): ?array
    {
        $text = $this->rows()[$name] ?? null;
        $plain = $text === null ? null : $this->box->open($name, $text);
        $value = $plain === null ? null : Json::read($plain);
        return is_array($value) ? $value : null;
    }

    /** @param array<string, mixed> $value */
    public function putSealed(string $name, #[\SensitiveParameter] array $value): void
    {
        $this->write($name, $this->box->seal($name, Json::stored($value)));
    }

    public function has(string $name): bool
    {
        return isset($this->rows()[$name]);
    }

    public function forget(string ...$names): void
    {
        foreach ($names as $name) {
            $this->sql->run('DELETE FROM mod_reseller_state WHERE name = ?', [$name]);
            unset($this->rows[$name]);
        }
    }

    /** Deletes a row as it was read. False when it is another one by now, or gone: of two, one gets it. */
    public function take(string $name): bool
    {
        $text = $this->rows()[$name] ?? null;
        unset($this->rows[$name]);
        $sql = 'DELETE FROM mod_reseller_state WHERE name = ? AND value = ?';
        return $text !== null && $this->sql->run($sql, [$name, $text]) === 1;
    }

    /** @return array<string, string> */
    private function rows(): array
    {
        $sql = 'SELECT name, value FROM mod_reseller_state';
        return $this->rows ??= array_column($this->sql->rows($sql), 'value', 'name');
    }

    private function write(string $name, #[\SensitiveParameter] string $text): void
    {
        $values = [$text, $name];
        if (!$this->sql->insert('INSERT INTO mod_reseller_state (value, name) VALUES (?, ?)', $values)) {
            $this->sql->run('UPDATE mod_reseller_state SET value = ? WHERE name = ?', $values);
        }
        if ($this->rows !== null) {
            $this->rows[$name] = $text;
        }
    }
}
