<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Sql;

/** How the events fare that the service is to be told. */
final readonly class Outbox
{
    /**
     * @param int $waiting events that will be sent
     * @param int $parked events that were given up
     * @param int|null $oldestMs when the oldest that waits was written, in UTC milliseconds
     * @param int|null $nextMs when the next of those that wait is tried, in UTC milliseconds; null before its first try
     * @param string|null $error why the newest that was not delivered was not
     */
    private function __construct(
        public int $waiting,
        public int $parked,
        public ?int $oldestMs,
        public ?int $nextMs,
        public ?string $error,
    ) {
    }

    public static function of(\PDO $pdo): self
    {
        $sql = new Sql($pdo);
        $counts = $sql->row('SELECT COALESCE(SUM(waiting), 0) AS waiting,
            COALESCE(SUM(CASE WHEN waiting = 0 AND delivered_ms IS NULL THEN 1 ELSE 0 END), 0) AS parked,
            MIN(CASE WHEN waiting = 1 THEN at_ms END) AS oldest,
            MIN(CASE WHEN waiting = 1 AND next_ms > 0 THEN next_ms END) AS next FROM mod_reseller_outbox');
        $last = $sql->row('SELECT reason FROM mod_reseller_outbox
            WHERE reason IS NOT NULL AND delivered_ms IS NULL ORDER BY sequence DESC LIMIT 1');
        return new self(
            (int) ($counts['waiting'] ?? 0),
            (int) ($counts['parked'] ?? 0),
            isset($counts['oldest']) ? (int) $counts['oldest'] : null,
            isset($counts['next']) ? (int) $counts['next'] : null,
            $last['reason'] ?? null,
        );
    }
}
