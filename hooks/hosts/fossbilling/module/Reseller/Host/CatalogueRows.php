<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Json;

/** Everything the host's prices and offer are made of, as one hash. */
final class CatalogueRows
{
    private const NAME = 'catalogue_hash';

    /** Columns that change with every sale, or with an edit that changes nothing. */
    private const IGNORED = ['quantity_in_stock' => 0, 'updated_at' => 0, 'created_at' => 0];

    private const QUERIES = [
        'SELECT * FROM product ORDER BY id',
        'SELECT * FROM product_payment ORDER BY id',
        'SELECT * FROM product_category ORDER BY id',
        'SELECT * FROM tld ORDER BY id',
        'SELECT * FROM currency ORDER BY id',
    ];

    /**
     * Calls `changed` when they are not what they were at the last comparison, or were never compared, in one transaction
     * with remembering them.
     *
     * @param callable(): void $changed
     */
    public static function compare(Fossbilling $host, callable $changed): void
    {
        $hash = self::hash($host);
        $remembered = new Remembered($host->sql);
        $known = $remembered->read(self::NAME);
        if ($known === $hash) {
            return;
        }
        $host->sql->transaction(static function () use ($remembered, $hash, $changed): void {
            $remembered->write(self::NAME, $hash);
            // The first time as well: something may have changed since the plugin read it when it was paired.
            $changed();
        });
    }

    private static function hash(Fossbilling $host): string
    {
        $context = hash_init('sha256');
        foreach (self::QUERIES as $query) {
            foreach ($host->sql->rows($query) as $row) {
                hash_update($context, Json::stored(array_diff_key($row, self::IGNORED)) . "\n");
            }
        }
        return hash_final($context);
    }
}
