<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A ReplayGuard in the host's own database: a host is many processes. */
final class PdoReplayGuard implements ReplayGuard
{
    private readonly Sql $sql;

    public function __construct(\PDO $pdo)
    {
        $this->sql = new Sql($pdo);
    }

    public function admit(string $id, int $timestampMs, int $nowMs): bool
    {
        $this->sql->run('DELETE FROM mod_reseller_nonce WHERE until_ms < ?', [$nowMs]);
        // A second more than the tolerance: timestamps are whole seconds. After that the timestamp itself is refused,
        // so the table never holds more than ten minutes of calls.
        $untilMs = $timestampMs + (Signature::TOLERANCE_SECONDS + 1) * 1000;
        // The key of the table decides, so that of two requests at the same time only one is served.
        return $this->sql->insert('INSERT INTO mod_reseller_nonce VALUES (?, ?)', [$id, $untilMs]);
    }
}
