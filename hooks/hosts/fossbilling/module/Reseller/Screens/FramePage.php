<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Screens;

use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Installation;

/** What a page of the host says to the script that mounts a screen of the service in it (assets/mount.js). */
final class FramePage
{
    /** Where each area of the service lies, and the host's pages its screens may lead to. */
    private const AREAS = [
        'admin' => [
            'path' => '/ui/admin/',
            'links' => [
                'clientUrl' => 'client/manage/{id}',
                'orderUrl' => 'order/manage/{id}',
                'invoiceUrl' => 'invoice/manage/{id}',
                'ticketUrl' => 'support/ticket/{id}',
                'screenUrl' => Installation::MODULE . '{path}',
            ],
        ],
        'client' => [
            'path' => '/ui/portal/',
            'links' => [
                'orderUrl' => 'order/service/manage/{id}',
                // The host shows an invoice by its hash only: our page looks it up.
                'invoiceUrl' => Installation::MODULE . '/invoice/{id}',
                'ticketUrl' => 'support/ticket/{id}',
                'screenUrl' => Installation::MODULE . '{path}',
            ],
        ],
    ];

    private const PANELS = '/ui/panels/';

    /**
     * A page of its own, which keeps the screen's address behind its own. Null when the module is paused or not paired.
     *
     * @param string $portal admin or client
     * @return array{data: array<string, string>, version: string}|null attributes of the place, without their "data-"
     */
    public static function of(\Pimple\Container $di, string $portal): ?array
    {
        $base = self::pathOf($di, $portal, Installation::MODULE);
        return self::place($di, $portal, self::AREAS[$portal]['path'], ['route-base' => $base], 'frame');
    }

    /**
     * A panel inside a page of the host. As `of`.
     *
     * @param string $portal admin or client
     * @param string $name home, client, order, start or product
     * @param string|null $id what the page is about, by its id in the host
     * @return array{data: array<string, string>, version: string}|null
     */
    public static function panel(\Pimple\Container $di, string $portal, string $name, ?string $id = null): ?array
    {
        $path = "/{$name}" . ($id === null ? '' : '?id=' . rawurlencode($id));
        return self::place($di, $portal, self::PANELS, ['panel' => '', 'path' => $path], 'host');
    }

    /**
     * @param array<string, string> $attributes
     * @param string $nav who draws the navigation: frame or host
     * @return array{data: array<string, string>, version: string}|null
     */
    private static function place(
        \Pimple\Container $di,
        string $portal,
        string $source,
        array $attributes,
        string $nav,
    ): ?array {
        $installation = Installation::of($di);
        if (!$installation->isReady()) {
            return null;
        }
        $name = (string) ($di['mod_service']('system')->getCompany()['name'] ?? '');
        $currency = $di['mod_service']('currency')->getCurrencyRepository()->findDefault();
        // {id} and {path} stay as they are: the screens fill them in.
        $link = static fn (string $path): string => self::pathOf($di, $portal, $path);
        $context = [
            'host' => ['name' => $name] + array_map($link, self::AREAS[$portal]['links']),
            'provider' => [
                'name' => $name,
                'zone' => date_default_timezone_get(),
                'currency' => $currency === null ? 'USD' : (string) $currency->getCode(),
            ],
            'nav' => $nav,
        ];
        return [
            'data' => [
                'portal' => $portal,
                'src' => $installation->serviceUrl() . $source,
                'token-url' => self::pathOf($di, $portal, Installation::MODULE . '/token'),
                'csrf-cookie' => 'csrf_token',
                'context' => Json::canonical($context),
                'host-version' => \FOSSBilling\Version::VERSION,
                'title' => __trans('Reseller programme'),
                ...$attributes,
            ],
            'version' => Installation::VERSION,
        ];
    }

    /** Where a page of the host lies, without the host's own address. */
    private static function pathOf(\Pimple\Container $di, string $portal, string $page): string
    {
        $url = $portal === 'admin' ? $di['url']->adminLink($page) : $di['url']->link($page);
        return (string) parse_url($url, PHP_URL_PATH);
    }
}
