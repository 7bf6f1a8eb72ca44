<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\Wholesale;
use Box\Mod\Reseller\Listener\After;

/**
 * Wholesale in the host's own shop: for the rest of this request, whoever asks the container for the product service
 * gets one that prices from the reseller's list. No price is ever written into the host's catalogue.
 *
 * This uses a seam of the host that is no promised interface; `SelfTest` tells whether it still holds. Without it the
 * guard sets orders and invoices right all the same, but the cart goes on showing retail.
 */
final class NativeCheckout
{
    /** The container's entry that hands out the services of modules. */
    public const ENTRY = 'mod_service';

    /**
     * For a page that is about to be drawn: the client who is logged in sees its own prices. Nothing is read for a
     * visitor, one key is looked up for a client, and a reseller's list only when the page asks for a price. Nothing
     * changes for a reseller that may not buy now. Never throws.
     *
     * @return bool true when the client who is logged in is a reseller
     */
    public static function swap(\Pimple\Container $di): bool
    {
        try {
            $clientId = $di['session']->get('client_id');
            $host = Fossbilling::of($di);
            $entry = $host->reseller($clientId);
            if ($entry === null) {
                return false;
            }
            self::replace($di, static function (object $inner) use ($host, $entry): object {
                $currency = self::shownCurrency($host, $entry->clientId);
                $prices = Wholesale::of($host->store(), $entry, $currency, null, Moment::now());
                $list = $prices instanceof Wholesale ? self::listed($host, $prices) : null;
                return $list === null ? $inner : new ProductService($inner, $list);
            });
            return true;
        } catch (\Throwable) {
            return false;
        }
    }

    /**
     * For the order that is being made.
     *
     * @return bool false where it is switched off, or the seam is gone: then the guard sets the rows right
     */
    public static function install(Fossbilling $host, Wholesale $prices): bool
    {
        $list = self::listed($host, $prices);
        if ($list === null) {
            return false;
        }
        self::replace($host->di, static fn (object $inner): object => new ProductService($inner, $list));
        return true;
    }

    /**
     * Puts another product service in the place of the one the container gives, when somebody asks for it. Others may
     * have done the same before: theirs is what `make` gets.
     *
     * @param callable(object): object $make
     * @return \Closure what the container held before
     */
    public static function replace(\Pimple\Container $di, callable $make): \Closure
    {
        $before = $di->raw(self::ENTRY);
        $made = null;
        $di[self::ENTRY] = $di->protect(static function ($module, $sub = '') use ($before, $make, $di, &$made) {
            if (strtolower((string) $module) !== 'product' || $sub !== '') {
                return $before($module, $sub);
            }
            if ($made === null) {
                // Whoever asks while it is being made gets the one that was there.
                $made = $before($module, $sub);
                try {
                    $made = $make($made);
                } catch (\Throwable $error) {
                    After::note($di, "native checkout: {$error->getMessage()}");
                }
                if ($made instanceof ProductService) {
                    $made->setDi($di);
                }
            }
            return $made;
        });
        return $before;
    }

    /** Null where it is switched off, the seam is gone, or the host cannot convert into the currency. */
    private static function listed(Fossbilling $host, Wholesale $prices): ?ListPrices
    {
        $rate = $host->rates()[$prices->currency] ?? 0.0;
        $wanted = $rate > 0.0 && $host->installation()->settings()->nativeCheckout && SelfTest::holds($host);
        return $wanted ? new ListPrices($prices, $rate) : null;
    }

    /** The currency of the cart, which the shop shows its prices in; before there is one, the client's. */
    private static function shownCurrency(Fossbilling $host, string $clientId): string
    {
        $cart = $host->sql->row(
            'SELECT u.code FROM cart c JOIN currency u ON u.id = c.currency_id WHERE c.session_id = ?',
            [(string) $host->di['session']->getId()],
        );
        return (string) ($cart['code'] ?? $host->client($clientId)['currency'] ?? $host->baseCurrency());
    }
}
