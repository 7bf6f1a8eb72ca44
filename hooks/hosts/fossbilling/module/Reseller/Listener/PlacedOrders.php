<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\FreshOrders;
use Box\Mod\Reseller\Host\OrderRow;

/** Orders that were just made in the host. */
final class PlacedOrders
{
    /** @param list<OrderRow> $rows */
    public static function settle(Fossbilling $host, IndexEntry $entry, array $rows): void
    {
        $fresh = new FreshOrders($host);
        foreach ($fresh->settle($entry, $rows) as $row) {
            $fresh->pin($row);
        }
    }

    /** Tells of an order once, in the transaction that makes it where there is one. */
    public static function tell(Fossbilling $host, OrderRow $row, ?string $invoiceId = null): void
    {
        if (isset($host->told[$row->id])) {
            return;
        }
        $order = $host->order($row, $invoiceId);
        if (!isset($host->told[$order['id']])) {
            Tell::order($host, 'created', $order);
        }
        $host->told[$order['id']] = true;
        $host->told[$row->id] = true;
    }
}
