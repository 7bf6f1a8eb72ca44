<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** Accounts of clients. A new one is nobody's yet and is told when there is a plugin; later only those of resellers. */
final class Clients
{
    /** @var array<string, array<string, mixed>> before they are deleted */
    private static array $deleted = [];

    public static function created(\Box_Event $event): void
    {
        After::run($event, static function (Fossbilling $host) use ($event): void {
            $id = $event->getParameters()['id'] ?? null;
            if ($id !== null && $host->installation()->keys() !== null) {
                Tell::client($host, 'created', $host->client($id));
            }
        });
    }

    public static function updated(\Box_Event $event): void
    {
        After::ofReseller($event, HostTable::Client, static function (Fossbilling $host, string $id): void {
            $client = $host->client($id);
            Tell::client($host, ($client['status'] ?? null) === 'closed' ? 'closed' : 'updated', $client);
        });
    }

    public static function beforeDelete(\Box_Event $event): void
    {
        After::ofReseller($event, HostTable::Client, static function (Fossbilling $host, string $id): void {
            self::$deleted[$id] = $host->client($id) ?? [];
        });
    }

    public static function deleted(\Box_Event $event): void
    {
        After::run($event, static function (Fossbilling $host) use ($event): void {
            $id = (string) ($event->getParameters()['id'] ?? '');
            $gone = self::$deleted[$id] ?? [];
            unset(self::$deleted[$id]);
            Tell::client($host, 'closed', $gone === [] ? null : ['status' => 'closed'] + $gone);
        });
    }
}
