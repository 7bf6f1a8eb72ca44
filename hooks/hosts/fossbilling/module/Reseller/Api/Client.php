<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Api;

use Box\Mod\Reseller\Checkout\NativeCheckout;
use Box\Mod\Reseller\Installation;
use FOSSBilling\Api\AbstractApi;

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
}
