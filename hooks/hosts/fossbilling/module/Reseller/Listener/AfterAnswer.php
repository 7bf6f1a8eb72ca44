<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\DeliverOutbox;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Host\Fossbilling;

/**
 * What is left for after the answer: events are sent when nobody waits any more. Never inside a checkout or a
 * transaction; what cannot be sent then leaves with cron.
 */
final class AfterAnswer
{
    /** Longest time a worker of the host is kept from its next request. */
    private const SECONDS = 5.0;

    private static bool $registered = false;

    public static function deliver(Fossbilling $host): void
    {
        // Cron delivers by itself; without a web request there is nobody to wait.
        if (self::$registered || PHP_SAPI === 'cli') {
            return;
        }
        self::$registered = true;
        register_shutdown_function(static function () use ($host): void {
            try {
                self::send($host);
            } catch (\Throwable $error) {
                After::note($host->di, "delivering after the answer: {$error->getMessage()}");
            }
        });
    }

    private static function send(Fossbilling $host): void
    {
        if (session_status() === PHP_SESSION_ACTIVE) {
            session_write_close();
        }
        if (function_exists('fastcgi_finish_request')) {
            fastcgi_finish_request();
        }
        $installation = $host->installation();
        if ($installation->pdo()->inTransaction() || self::isAway($host)) {
            return;
        }
        $plugin = $installation->pluginClient();
        if ($plugin !== null) {
            DeliverOutbox::run($host->store(), $plugin, Moment::now(), self::SECONDS);
        }
    }

    /** True while an event waits for its next try: no worker of the host waits for a plugin that is away. */
    private static function isAway(Fossbilling $host): bool
    {
        $failed = 'SELECT 1 FROM mod_reseller_outbox WHERE waiting = 1 AND attempts > 0 AND next_ms > ? LIMIT 1';
        return $host->sql->row($failed, [Moment::now()]) !== null;
    }
}
