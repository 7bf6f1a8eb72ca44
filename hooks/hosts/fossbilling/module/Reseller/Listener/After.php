<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/**
 * How a listener works that hears of something that has happened: the host would break off where it stands if we threw,
 * although everything is saved. What goes wrong is logged, and found again by reconcile.
 */
final class After
{
    /** @param callable(Fossbilling): void $work */
    public static function run(\Box_Event $event, callable $work): void
    {
        try {
            $host = Fossbilling::of($event->getDi());
            $host->sql->transaction(static fn () => $work($host));
        } catch (\Throwable $error) {
            self::log($event, $error);
        }
    }

    /**
     * As `run`, only for what belongs to a reseller. Everybody else costs one look-up by key.
     *
     * @param callable(Fossbilling, string, IndexEntry): void $work gets the row's id
     */
    public static function ofReseller(\Box_Event $event, HostTable $table, callable $work): void
    {
        try {
            $host = Fossbilling::of($event->getDi());
            $told = $event->getParameters();
            $id = $told['id'] ?? null;
            // Where the host says whose it is, the answer may be known from an earlier event of the request.
            $entry = isset($told['client_id'])
                ? $host->reseller($told['client_id'])
                : $host->resellerOf($table, $id);
            if ($entry !== null) {
                $host->sql->transaction(static fn () => $work($host, (string) $id, $entry));
            }
        } catch (\Throwable $error) {
            self::log($event, $error);
        }
    }

    public static function log(\Box_Event $event, \Throwable $error): void
    {
        self::note($event->getDi(), "{$event->getName()}: {$error->getMessage()}");
    }

    public static function note(\Pimple\Container $di, string $message): void
    {
        try {
            $di['logger']->setChannel('reseller')->error("Reseller module, {$message}");
        } catch (\Throwable) {
            error_log("Reseller module, {$message}");
        }
    }
}
