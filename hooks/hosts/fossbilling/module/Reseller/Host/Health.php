<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Checkout\SelfTest;
use Box\Mod\Reseller\HostHooks;
use Box\Mod\Reseller\Installation;
use Box\Mod\Reseller\Outbox;
use FOSSBilling\Config;

/** The module's own state, as `describe` reports it to the doctor (health.ts). */
final class Health
{
    /** @return array<string, mixed> without what this host cannot tell */
    public static function of(Fossbilling $host): array
    {
        $installation = $host->installation();
        $now = Moment::now();
        $outbox = Outbox::of($installation->pdo());
        $age = $outbox->oldestMs === null ? null : max(0, intdiv($now - $outbox->oldestMs, 1000));
        $cron = $host->sql->row('SELECT value FROM setting WHERE param = ?', ['last_cron_exec'])['value'] ?? null;
        $head = $host->store()->readHead();
        return [
            'moduleVersion' => Installation::VERSION,
            'clock' => Moment::text($now),
            'cronAt' => HostTime::moment($cron),
            'hooksConnected' => HostHooks::areConnected($host->di),
            'priceRevision' => $head?->revision,
            'outbox' => ['waiting' => $outbox->waiting, 'oldestSeconds' => $age, 'parked' => $outbox->parked]
                + ($outbox->nextMs === null ? [] : ['nextTryAt' => Moment::text($outbox->nextMs)]),
            'nativeCheckout' => self::nativeCheckout($host),
            'plugin' => [
                'reachedAt' => $head === null ? null : Moment::text($head->confirmedAtMs),
                'error' => $installation->state()->get('pull')['code'] ?? null,
            ],
            'callsLimited' => self::limitsCalls($host->di),
            'addonsListed' => (bool) ($host->di['mod_config']('order')['show_addons'] ?? false),
        ];
    }

    /** @return array{enabled: bool, works: bool, reason: string|null} */
    private static function nativeCheckout(Fossbilling $host): array
    {
        if (!$host->installation()->settings()->nativeCheckout) {
            return ['enabled' => false, 'works' => false, 'reason' => null];
        }
        $problem = SelfTest::problem($host);
        return [
            'enabled' => true,
            'works' => $problem === null,
            'reason' => $problem === null ? null : Cut::to(300, $problem),
        ];
    }

    /** Whether calls of its API from the address that asks now are counted (RateLimiter::consume of the host). */
    private static function limitsCalls(\Pimple\Container $di): bool
    {
        $limits = Config::getProperty('rate_limiter', []);
        if (($limits['enabled'] ?? true) === false) {
            return false;
        }
        $free = is_array($limits['whitelist_ips'] ?? null) ? $limits['whitelist_ips'] : [];
        $address = (string) $di['request']->getClientIp();
        return $address === '' || !\Symfony\Component\HttpFoundation\IpUtils::checkIp($address, $free);
    }
}
