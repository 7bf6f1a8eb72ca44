<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** Tickets of resellers. */
final class Tickets
{
    public static function told(\Box_Event $event, string $type): void
    {
        After::ofReseller($event, HostTable::Ticket, static function (Fossbilling $host, string $id, IndexEntry $entry) use ($type): void {
            Tell::ticket($host, $type, $host->ticket($id));
        });
    }
}
