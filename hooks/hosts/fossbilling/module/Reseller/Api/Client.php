<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Api;

use Box\Mod\Reseller\Checkout\NativeCheckout;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Screens\Panels;
use FOSSBilling\Api\AbstractApi;
use FOSSBilling\Http\RequestFactory;

/** For a client who is logged in. */
class Client extends AbstractApi
{
    /**
     * Called while a page begins to be drawn: from here on the page shows this client's prices.
     *
     * @return string|null the module's version, with which scripts are cached; null when the portal is not in the menu
     */
    public function page_start(): ?string
    {
        NativeCheckout::swap($this->getDi());
        return Installation::of($this->getDi())->isReady() ? Installation::VERSION : null;
    }

    /**
     * The cart at this client's prices; the host's own cart call shows retail to callers from outside.
     *
     * @return array<string, mixed> as guest/cart/get
     */
    public function cart(): array
    {
        NativeCheckout::swap($this->getDi());
        return $this->getDi()['api_guest']->cart_get();
    }

    /**
     * What stands in a page that is being drawn; each answers as Panels does, null for nothing.
     *
     * @param array{is_top: bool} $data which of the two places of the start page
     * @return array{data: array<string, string>, version: string}|null
     */
    public function start_panel(array $data): ?array
    {
        return Panels::forStart($this->getDi(), (bool) ($data['is_top'] ?? false));
    }

    /**
     * @param array{product?: mixed} $data id of the product that a service was sold as; without one, the page's product
     * @return array{data: array<string, string>, version: string}|null
     */
    public function product_panel(array $data): ?array
    {
        $di = $this->getDi();
        if (is_scalar($data['product'] ?? null)) {
            return Panels::forProduct($di, (string) $data['product']);
        }
        $chosen = $di['request']->query->all()['product'] ?? null;
        $path = RequestFactory::getRoutePath($di['request']);
        return Panels::forShopPage($di, $path, is_string($chosen) ? $chosen : null);
    }
}
