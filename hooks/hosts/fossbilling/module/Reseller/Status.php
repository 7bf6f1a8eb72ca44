<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

use Box\Mod\Reseller\Bridge\Sql;

/** The state of the module for its settings page. No key, code or token is in it. */
final class Status
{
    /** @return array<string, mixed> moments in seconds since 1970; null where there is none */
    public static function of(\Pimple\Container $di): array
    {
        $installation = Installation::of($di);
        $state = $installation->state();
        $service = $state->get('service') ?? [];
        $pull = $state->get('pull') ?? [];
        $head = $installation->store()->readHead();
        $settings = $installation->settings();
        return [
            'paired' => $installation->keys() !== null,
            'keys_lost' => $installation->hasLostKeys(),
            'service_url' => $service['url'] ?? null,
            'service_version' => $service['version'] ?? null,
            'paired_at' => self::seconds($service['pairedAtMs'] ?? null),
            'pulled_at' => self::seconds($pull['atMs'] ?? null),
            'confirmed_at' => self::seconds($head?->confirmedAtMs),
            'pull_error' => $pull['error'] ?? null,
            'native_checkout' => $settings->nativeCheckout,
            'allow_promo_codes' => $settings->allowPromoCodes,
        ] + self::outbox($installation->pdo());
    }

    /** @return array<string, mixed> */
    private static function outbox(\PDO $pdo): array
    {
        $sql = new Sql($pdo);
        $counts = $sql->row('SELECT COALESCE(SUM(waiting), 0) AS waiting,
            COALESCE(SUM(CASE WHEN waiting = 0 AND delivered_ms IS NULL THEN 1 ELSE 0 END), 0) AS parked,
            MIN(CASE WHEN waiting = 1 THEN at_ms END) AS oldest FROM mod_reseller_outbox');
        $last = $sql->row('SELECT reason FROM mod_reseller_outbox
            WHERE reason IS NOT NULL AND delivered_ms IS NULL ORDER BY sequence DESC LIMIT 1');
        return [
            'waiting' => (int) ($counts['waiting'] ?? 0),
            'parked' => (int) ($counts['parked'] ?? 0),
            'oldest_at' => self::seconds($counts['oldest'] ?? null),
            'delivery_error' => $last['reason'] ?? null,
        ];
    }

    private static function seconds(mixed $ms): ?int
    {
        return $ms === null || (int) $ms === 0 ? null : intdiv((int) $ms, 1000);
    }
}
