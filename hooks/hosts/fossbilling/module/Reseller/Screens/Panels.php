<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Screens;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/**
 * Which panel of the service stands in a page of the host. It is decided here as far as the host knows, so that the pages
 * of everybody else are drawn as ever; a panel that then has nothing to say takes no room.
 */
final class Panels
{
    private const HOME = '#^(/index)?/?$#';
    private const ONE = '#^/(client|order|invoice)/manage/([0-9]{1,15})/?$#';
    private const PRODUCT = '#^/order/([a-z0-9-]{1,200})/?$#';

    /**
     * For a page of the staff area: the provider's home, a client, an order or an invoice of a reseller.
     *
     * @param string $path below the address of the staff area
     * @return array{data: array<string, string>, version: string}|null
     */
    public static function forStaff(\Pimple\Container $di, string $path): ?array
    {
        if (preg_match(self::HOME, $path) === 1) {
            return FramePage::panel($di, 'admin', 'home');
        }
        if (preg_match(self::ONE, $path, $found) !== 1) {
            return null;
        }
        $about = match ($found[1]) {
            'client' => ['client', $found[2]],
            'order' => self::ofOrder(Fossbilling::of($di), $found[2]),
            'invoice' => self::ofInvoice(Fossbilling::of($di), $found[2]),
        };
        return $about === null ? null : FramePage::panel($di, 'admin', ...$about);
    }

    /**
     * For the start page of the client area: a reseller's business above everything else, the invitation of others below.
     *
     * @param bool $isTop the place above
     * @return array{data: array<string, string>, version: string}|null
     */
    public static function forStart(\Pimple\Container $di, bool $isTop): ?array
    {
        return self::isReseller($di) === $isTop ? FramePage::panel($di, 'client', 'start') : null;
    }

    /**
     * For a service's page of the client area, with the product that it was sold as.
     *
     * @return array{data: array<string, string>, version: string}|null
     */
    public static function forProduct(\Pimple\Container $di, ?string $productId): ?array
    {
        $isShown = $productId !== null && self::isReseller($di);
        return $isShown ? FramePage::panel($di, 'client', 'product', $productId) : null;
    }

    /**
     * For a product's page in the shop: /order/2, /order/starter-plan, /order?product=2.
     *
     * @param string|null $chosen what the address names as `product`
     * @return array{data: array<string, string>, version: string}|null
     */
    public static function forShopPage(\Pimple\Container $di, string $path, ?string $chosen): ?array
    {
        $named = match (true) {
            rtrim($path, '/') === '/order' => $chosen,
            preg_match(self::PRODUCT, $path, $found) === 1 => $found[1],
            default => null,
        };
        if ($named === null || !self::isReseller($di)) {
            return null;
        }
        $sql = 'SELECT id FROM product WHERE ' . (ctype_digit($named) ? 'id' : 'slug') . ' = ?';
        $row = Fossbilling::of($di)->sql->row($sql, [$named]);
        return $row === null ? null : FramePage::panel($di, 'client', 'product', (string) $row['id']);
    }

    private static function isReseller(\Pimple\Container $di): bool
    {
        return Fossbilling::of($di)->reseller($di['session']->get('client_id')) !== null;
    }

    /** @return array{string, string}|null panel and id */
    private static function ofOrder(Fossbilling $host, string $id): ?array
    {
        $row = $host->resellerOf(HostTable::Order, $id) === null ? null : $host->rows->find($id);
        return $row === null ? null : ['order', $host->rows->orderIds([$row])[$row->id]];
    }

    /** The order that it is for; of an invoice for several or for none, whose it is. @return array{string, string}|null */
    private static function ofInvoice(Fossbilling $host, string $id): ?array
    {
        $entry = $host->resellerOf(HostTable::Invoice, $id);
        if ($entry === null) {
            return null;
        }
        $orders = $host->invoices->orderIds($id);
        return count($orders) === 1 ? ['order', $orders[0]] : ['client', $entry->clientId];
    }
}
