<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** Tickets of resellers. */
final class Tickets
{
    public static function told(\Box_Event $event, string $type): void
    {
        $tell = static fn (Fossbilling $host, string $id) => Tell::ticket($host, $type, $host->ticket($id));
        After::ofReseller($event, HostTable::Ticket, $tell);
    }
}
