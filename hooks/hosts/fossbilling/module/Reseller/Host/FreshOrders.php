<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\PricedLine;

/**
 * Rows that a reseller, or staff for it, made in the host itself: priced from the list, with a note of what was ordered
 * and a lock of what renewals cost. All of it joins the transaction that makes the order.
 */
final readonly class FreshOrders
{
    public function __construct(private Fossbilling $host)
    {
    }

    /**
     * Rows that have a note already only get their lock, if it is missing. Rows that cannot be priced are left as they
     * are: the guard holds their invoice.
     *
     * @param iterable<OrderRow> $rows
     * @return array<array-key, OrderRow> the same rows as they are now, by id
     */
    public function settle(IndexEntry $entry, iterable $rows): array
    {
        $seen = [];
        foreach ($rows as $row) {
            $seen[$row->id] = $row->note === null ? $this->price($entry, $row) : $row;
            $this->lock($seen[$row->id]);
        }
        return $seen;
    }

    /** Stores the unit price that was agreed where the row says another. Renewals are made from the row. */
    public function pin(OrderRow $row): bool
    {
        $agreed = $row->note?->line->unitPrice;
        if ($agreed === null || $agreed === HostMoney::text($row->price, $row->digits())) {
            return false;
        }
        $this->host->rows->setPrice($row->id, $agreed);
        return true;
    }

    private function price(IndexEntry $entry, OrderRow $row): OrderRow
    {
        $item = $row->item();
        // What the plugin placed was priced by it, and a row that has a lock is an older one: both were agreed already.
        $isOurs = $row->reference !== null || $this->host->store()->readLock($row->id) !== null;
        if ($item === null || $isOurs || $row->clientId !== $entry->clientId) {
            return $row;
        }
        $prices = $this->host->wholesale($entry, $row->currency);
        $line = $prices instanceof Wholesale ? $prices->price($item) : null;
        if (!$line instanceof PricedLine || !$prices instanceof Wholesale) {
            return $row;
        }
        // What staff order has no setup fee in this host, whatever the product asks in the shop.
        $charged = $row->isFromShop() ? $line : $line->withSetup(Money::format(0, $prices->digits));
        $note = new LineNote($charged, null, $prices->stamp);
        $this->host->rows->writeNote($row->id, $note);
        return $row->withNote($note);
    }

    private function lock(OrderRow $row): void
    {
        $lock = $row->lock();
        if ($lock !== null && $this->host->store()->readLock($row->id) === null) {
            $this->host->store()->writeLock($lock);
        }
    }
}
