<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

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
        $outbox = Outbox::of($installation->pdo());
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
            'waiting' => $outbox->waiting,
            'parked' => $outbox->parked,
            'oldest_at' => self::seconds($outbox->oldestMs),
            'delivery_error' => $outbox->error,
        ];
    }

    private static function seconds(mixed $ms): ?int
    {
        return $ms === null || (int) $ms === 0 ? null : intdiv((int) $ms, 1000);
    }
}
