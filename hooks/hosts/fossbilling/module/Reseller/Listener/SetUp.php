<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** The host has no event for a set-up or renewal that failed: what was begun and not ended is looked at afterwards. */
final class SetUp
{
    /** @var array<string, true> rows of resellers, begun and not ended */
    private static array $begun = [];
    private static bool $registered = false;

    public static function begins(\Box_Event $event): void
    {
        After::ofReseller($event, HostTable::Order, static function (Fossbilling $host, string $id): void {
            self::$begun[$id] = true;
            if (!self::$registered) {
                self::$registered = true;
                register_shutdown_function(static fn () => self::tellFailed($host));
            }
        });
    }

    public static function ended(string $id): void
    {
        unset(self::$begun[$id]);
    }

    /** For the end of a request, and of cron. */
    public static function tellFailed(Fossbilling $host): void
    {
        try {
            $failed = $host->rows->ofIds(array_map(strval(...), array_keys(self::$begun)));
            self::$begun = [];
            foreach ($failed as $row) {
                if (in_array($row->status, ['failed_setup', 'failed_renew'], true)) {
                    $host->sql->transaction(static fn () => Tell::row($host, 'failed', $row));
                }
            }
        } catch (\Throwable $error) {
            After::note($host->di, "looking for failed services: {$error->getMessage()}");
        }
    }
}
