<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Checkout\CartLines;
use Box\Mod\Reseller\Checkout\NativeCheckout;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;
use Box\Mod\Reseller\Host\LineNote;
use Box\Mod\Reseller\Host\Wholesale;
use FOSSBilling\InformationException;

/** Orders in the host's own shop and by its staff. */
final class Checkout
{
    /** A buyer goes to the till: refused, or priced from its list. Before the host prices the cart. */
    public static function before(\Box_Event $event): void
    {
        $asked = $event->getParameters();
        $decide = static function (Fossbilling $host, IndexEntry $entry) use ($asked): void {
            $cart = CartLines::of($host, (string) $asked['cart_id']);
            $prices = Wholesale::of($host->store(), $entry, $cart->currency, $cart->coupon, Moment::now());
            self::sell($host, $entry, $prices, $cart->items);
        };
        self::decide($event, $asked['client_id'] ?? null, $decide);
    }

    /** Staff make an order for a client. What the plugin places has been priced already. */
    public static function beforeStaff(\Box_Event $event): void
    {
        $asked = $event->getParameters();
        if (($asked['meta'][LineNote::REFERENCE_KEY] ?? '') !== '') {
            return;
        }
        $decide = static function (Fossbilling $host, IndexEntry $entry) use ($asked): void {
            $line = CartLines::ofStaff($host, $asked);
            $prices = Wholesale::of($host->store(), $entry, $line->currency, null, Moment::now());
            self::sell($host, $entry, $prices, $line->items);
        };
        self::decide($event, $asked['client_id'] ?? null, $decide);
    }

    /** The order stands, with or without an invoice. What the host stored over our prices is set right. */
    public static function after(\Box_Event $event): void
    {
        $byStaff = $event->getName() === 'onAfterAdminOrderCreate';
        $settle = static function (Fossbilling $host, string $id, IndexEntry $entry) use ($byStaff): void {
            $row = $host->rows->find($id);
            if ($row === null) {
                return;
            }
            if ($entry->state !== 'terminated') {
                // Staff add to orders that are there: older services of the group keep their price.
                PlacedOrders::settle($host, $entry, $byStaff ? [$row] : $host->rows->ofOrder($row));
            }
            if ($host->rows->isWhole($row)) {
                PlacedOrders::tell($host, $row);
            }
        };
        After::ofReseller($event, HostTable::Order, $settle);
    }

    /**
     * Who is no reseller goes on untouched, also when we cannot say who is. A reseller is never sold to at a guess.
     *
     * @param callable(Fossbilling, IndexEntry): void $work
     */
    private static function decide(\Box_Event $event, mixed $clientId, callable $work): void
    {
        try {
            $host = Fossbilling::of($event->getDi());
            $entry = $host->reseller($clientId);
        } catch (\Throwable $error) {
            After::log($event, $error);
            return;
        }
        if ($entry !== null) {
            Refuse::unknown($event, static fn () => $work($host, $entry));
        }
    }

    /** @param list<OrderItem> $items */
    private static function sell(
        Fossbilling $host,
        IndexEntry $entry,
        Wholesale|RefusedVerdict|null $prices,
        array $items,
    ): void
    {
        if ($prices === null) {
            return;
        }
        foreach ($prices instanceof Wholesale ? $items : [] as $item) {
            $priced = $prices->price($item);
            if ($priced instanceof RefusedVerdict) {
                throw new InformationException($priced->message);
            }
        }
        if ($prices instanceof RefusedVerdict) {
            throw new InformationException($prices->message);
        }
        $host->agree($entry, $prices);
        NativeCheckout::install($host, $prices);
    }
}
