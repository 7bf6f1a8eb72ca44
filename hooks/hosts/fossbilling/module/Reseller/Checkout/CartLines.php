<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\SoldItem;

/** What is about to be ordered in the host, in the words of a price list. */
final readonly class CartLines
{
    private const DOMAIN = 'domain';

    /** @param list<OrderItem> $items */
    private function __construct(public string $currency, public ?string $coupon, public array $items)
    {
    }

    /** What is in a cart. The order will be stored in the cart's currency. */
    public static function of(Fossbilling $host, string $cartId): self
    {
        $cart = $host->sql->row('SELECT u.code, p.code AS promo, c.promo_id FROM cart c
            LEFT JOIN currency u ON u.id = c.currency_id
            LEFT JOIN promo p ON p.id = c.promo_id WHERE c.id = ?', [$cartId]);
        $lines = $host->sql->rows('SELECT l.config, p.id, p.type FROM cart_product l
            JOIN product p ON p.id = l.product_id WHERE l.cart_id = ? ORDER BY l.id', [$cartId]);
        $items = [];
        foreach ($lines as $line) {
            $config = json_decode((string) $line['config'], true);
            $items[] = self::item((string) $line['id'], (string) $line['type'], is_array($config) ? $config : []);
        }
        $coupon = ($cart['promo_id'] ?? null) === null ? null : (string) ($cart['promo'] ?? $cart['promo_id']);
        return new self(
            (string) ($cart['code'] ?? $host->baseCurrency()),
            $coupon,
            array_values(array_filter($items)),
        );
    }

    /**
     * What staff order for a client.
     *
     * @param array<string, mixed> $asked
     */
    public static function ofStaff(Fossbilling $host, array $asked): self
    {
        [$productId, $clientId] = [(string) ($asked['product_id'] ?? ''), (string) ($asked['client_id'] ?? '')];
        $product = $host->sql->row('SELECT id, type FROM product WHERE id = ?', [$productId]);
        $client = $host->sql->row('SELECT currency FROM client WHERE id = ?', [$clientId]);
        $config = is_array($asked['config'] ?? null) ? $asked['config'] : [];
        $more = array_filter(['period' => $asked['period'] ?? null, 'quantity' => $asked['quantity'] ?? null]);
        $item = $product === null
            ? null
            : self::item((string) $product['id'], (string) $product['type'], $more + $config);
        $currency = ($asked['currency'] ?? '') ?: ($client['currency'] ?? '') ?: $host->baseCurrency();
        return new self((string) $currency, null, $item === null ? [] : [$item]);
    }

    /**
     * Null for a domain that the client only brings along.
     *
     * @param array<string, mixed> $config
     */
    public static function item(string $productId, string $type, array $config): ?OrderItem
    {
        $isDomain = $type === self::DOMAIN;
        $tld = $config['register_tld'] ?? $config['transfer_tld'] ?? null;
        $product = $isDomain && is_string($tld) ? "domain:{$tld}" : $productId;
        $period = (string) ($config['period'] ?? '');
        $term = preg_match('/^[1-9][0-9]{0,2}[DWMY]$/D', $period) === 1 ? $period : 'once';
        $quantity = max(1, (int) ($config['quantity'] ?? 1));
        return SoldItem::of($product, $isDomain, $config, $term === '12M' ? '1Y' : $term, $quantity, null);
    }
}
