<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** A client account, as clients.ts makes it. */
final class ClientView
{
    /**
     * @param array<string, mixed> $client row of the host
     * @param string $fallback the shop's own currency, for an account that has none yet
     * @return array<string, mixed>
     */
    public static function of(array $client, string $fallback): array
    {
        $text = static fn (string $name): string => (string) ($client[$name] ?? '');
        $name = implode(' ', array_filter([$text('first_name'), $text('last_name')], static fn ($part) => $part !== ''));
        $names = array_filter([$name, $text('company'), $text('email'), $text('id')], static fn ($part) => $part !== '');
        return [
            'id' => $text('id'),
            'status' => match ($text('status')) {
                'active' => 'active',
                'canceled' => 'closed',
                default => 'suspended',
            },
            'name' => Cut::to(200, reset($names) ?: ''),
            'company' => $text('company') === '' ? null : Cut::to(200, $text('company')),
            'email' => Cut::to(320, $text('email')),
            'country' => strlen($text('country')) === 2 ? $text('country') : null,
            'currency' => $text('currency') === '' ? $fallback : $text('currency'),
            'createdAt' => HostTime::moment($client['created_at'] ?? null) ?? HostTime::UNKNOWN,
        ];
    }
}
