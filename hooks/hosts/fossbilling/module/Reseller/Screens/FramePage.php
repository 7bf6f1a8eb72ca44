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
            ],
        ],
        'client' => [
            'path' => '/ui/portal/',
            'links' => [
                'orderUrl' => 'order/service/manage/{id}',
                // The host shows an invoice by its hash only: our page looks it up.
                'invoiceUrl' => Installation::MODULE . '/invoice/{id}',
                'ticketUrl' => 'support/ticket/{id}',
            ],
        ],
    ];

    /**
     * For the template: null when the module is paused or not paired.
     *
     * @param string $portal admin or client
     * @return array<string, string|null>|null
     */
    public static function of(\Pimple\Container $di, string $portal): ?array
    {
        $installation = Installation::of($di);
        if (!$installation->isReady()) {
            return null;
        }
        $area = self::AREAS[$portal];
        $link = static fn (string $path): string => $portal === 'admin'
            ? $di['url']->adminLink($path)
            : $di['url']->link($path);
        $path = static fn (string $path): string => (string) parse_url($link($path), PHP_URL_PATH);
        $name = (string) ($di['mod_service']('system')->getCompany()['name'] ?? '');
        $currency = $di['mod_service']('currency')->getCurrencyRepository()->findDefault();
        $context = [
            // {id} stays as it is: the screens fill it in.
            'host' => ['name' => $name] + array_map($path, $area['links']),
            'provider' => [
                'name' => $name,
                'zone' => date_default_timezone_get(),
                'currency' => $currency === null ? 'USD' : (string) $currency->getCode(),
            ],
            'nav' => 'frame',
        ];
        return [
            'portal' => $portal,
            'src' => $installation->serviceUrl() . $area['path'],
            'routeBase' => $path(Installation::MODULE),
            'tokenUrl' => $path(Installation::MODULE . '/token'),
            'context' => Json::canonical($context),
            'hostVersion' => \FOSSBilling\Version::VERSION,
            'version' => Installation::VERSION,
        ];
    }
}
