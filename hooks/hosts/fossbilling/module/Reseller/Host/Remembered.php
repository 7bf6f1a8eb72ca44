<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Sql;

/** Short facts that are kept from one request to the next, beside the tables' own version. */
final readonly class Remembered
{
    public function __construct(private Sql $sql)
    {
    }

    public function read(string $name): ?string
    {
        $row = $this->sql->row('SELECT value FROM mod_reseller_meta WHERE name = ?', [$name]);
        return $row === null ? null : (string) $row['value'];
    }

    /** @param string $value of at most 480 bytes */
    public function write(string $name, string $value): void
    {
        $insert = 'INSERT INTO mod_reseller_meta (value, name) VALUES (?, ?)';
        if (!$this->sql->insert($insert, [$value, $name])) {
            $this->sql->run('UPDATE mod_reseller_meta SET value = ? WHERE name = ?', [$value, $name]);
        }
    }
}
