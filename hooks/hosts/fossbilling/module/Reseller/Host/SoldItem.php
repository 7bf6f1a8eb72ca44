<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\OrderItem;

/** What the host sells, in the words of a price list. */
final class SoldItem
{
    /**
     * Null for a domain that the client only brings along: nothing of it is sold.
     *
     * @param array<string, mixed> $config of the cart's line or of the order
     * @param string $term of the row; domains say their years in the configuration
     */
    public static function of(
        string $product,
        bool $isDomain,
        array $config,
        string $term,
        int $quantity,
        ?string $domain,
    ): ?OrderItem {
        if (!$isDomain) {
            return new OrderItem($product, $term, $quantity, [], null, $domain);
        }
        $action = $config['action'] ?? null;
        if ($action !== 'register' && $action !== 'transfer') {
            return null;
        }
        return new OrderItem($product, $term === 'once' ? self::years($config) . 'Y' : $term, 1, [], $action, $domain);
    }

    /** @param array<string, mixed> $config */
    public static function years(array $config): int
    {
        if (preg_match('/^([1-9][0-9]?)Y$/D', (string) ($config['period'] ?? ''), $part) === 1) {
            return (int) $part[1];
        }
        return max(1, (int) ($config['register_years'] ?? 1));
    }
}
