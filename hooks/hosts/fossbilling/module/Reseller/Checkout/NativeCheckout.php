<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\Wholesale;

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
     * For a page that is about to be drawn: the client who is logged in sees its own prices. Nothing happens for anybody
     * else, or while it may not buy. Never throws.
     *
     * @return bool true when this client sees wholesale now
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
            $prices = Wholesale::of($host->store(), $entry, self::shownCurrency($host, (string) $clientId), null, Moment::now());
            return $prices instanceof Wholesale && self::install($host, $prices);
        } catch (\Throwable) {
            return false;
        }
    }

    /** @return bool false where it is switched off, or the seam is gone */
    public static function install(Fossbilling $host, Wholesale $prices): bool
    {
        if (!$host->installation()->settings()->nativeCheckout || !SelfTest::holds($host)) {
            return false;
        }
        $rate = $host->rates()[$prices->currency] ?? 0.0;
        if ($rate <= 0.0) {
            return false;
        }
        self::replace($host->di, static fn ($inner) => new ProductService($inner, new ListPrices($prices, $rate)));
        return true;
    }

    /**
     * Puts another product service in the place of the one the container gives, which it may use. Others may have done
     * the same before.
     *
     * @param callable(object): ProductService $make
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
                $made = $make($before($module, $sub));
                $made->setDi($di);
            }
            return $made;
        });
        return $before;
    }

    /** The currency of the cart, which the shop shows its prices in. */
    private static function shownCurrency(Fossbilling $host, string $clientId): string
    {
        $cart = $host->di[self::ENTRY]('cart')->getSessionCart();
        $row = $host->sql->row('SELECT code FROM currency WHERE id = ?', [(string) $cart->currency_id]);
        return (string) ($row['code'] ?? $host->client($clientId)['currency'] ?? $host->baseCurrency());
    }
}
