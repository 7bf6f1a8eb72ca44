<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** Tables of the host whose rows belong to a client. */
enum HostTable: string
{
    case Client = 'client';
    case Order = 'client_order';
    case Invoice = 'invoice';
    case Ticket = 'support_ticket';

    public function clientColumn(): string
    {
        return $this === self::Client ? 'id' : 'client_id';
    }
}
