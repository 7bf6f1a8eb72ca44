<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\Remembered;
use FOSSBilling\Version;

/**
 * Whether the host still lets its product service be replaced: a known product is priced once by the host and once by a
 * service that answers another amount. Run by cron, and before the first use; what came out is remembered.
 */
final class SelfTest
{
    private const NAME = 'native_checkout';
    private const HOLDS = 'holds';

    /** An amount that no product has. */
    private const MARK = 0.4711;

    /** The remembered result, or a first one. */
    public static function holds(Fossbilling $host): bool
    {
        return self::problem($host) === null;
    }

    /** Why wholesale cannot be shown in the cart; null = it can. Tried again when the host is of another version. */
    public static function problem(Fossbilling $host): ?string
    {
        [$version, $known] = explode(' ', (new Remembered($host->sql))->read(self::NAME) ?? ' ', 2);
        if ($version !== Version::VERSION) {
            return self::run($host);
        }
        return $known === self::HOLDS ? null : $known;
    }

    /** @return string|null as `problem` */
    public static function run(Fossbilling $host): ?string
    {
        $problem = self::test($host);
        (new Remembered($host->sql))->write(self::NAME, Version::VERSION . ' ' . ($problem ?? self::HOLDS));
        return $problem;
    }

    private static function test(Fossbilling $host): ?string
    {
        $di = $host->di;
        $before = null;
        try {
            $row = $host->sql->row("SELECT p.id, y.type FROM product p
                JOIN product_payment y ON y.id = p.product_payment_id WHERE p.type <> 'domain' AND y.type IN ('once', 'recurrent') ORDER BY p.id");
            if ($row === null) {
                return 'There is no product yet that it could be tried on.';
            }
            $config = $row['type'] === 'recurrent' ? ['period' => '1M', 'quantity' => 1] : ['quantity' => 1];
            $own = self::priced($di, (int) $row['id'], $config);
            $before = NativeCheckout::replace($di, static fn ($inner) => new ProductService($inner, self::marked()));
            $seen = self::priced($di, (int) $row['id'], $config);
            if ($seen !== [self::MARK, self::MARK]) {
                return 'FOSSBilling prices its cart otherwise than this module knows.';
            }
            $di[NativeCheckout::ENTRY] = $before;
            return self::priced($di, (int) $row['id'], $config) === $own
                ? null
                : 'FOSSBilling does not give its own prices back.';
        } catch (\Throwable $error) {
            return substr('The product service of FOSSBilling cannot be replaced: ' . $error->getMessage(), 0, 300);
        } finally {
            if ($before !== null) {
                $di[NativeCheckout::ENTRY] = $before;
            }
        }
    }

    /**
     * As the cart asks: price and setup fee of one unit.
     *
     * @param array<string, mixed> $config
     * @return array{float, float}
     */
    private static function priced(\Pimple\Container $di, int $productId, array $config): array
    {
        $service = $di[NativeCheckout::ENTRY]('Product');
        $line = $service->getProductOrderLineConfig($service->findProductById($productId), $config);
        return [(float) $line['price'], (float) ($line['setup_price'] ?? 0)];
    }

    private static function marked(): PriceSource
    {
        return new class (self::MARK) implements PriceSource {
            public function __construct(private readonly float $mark)
            {
            }

            public function find(string $productId, string $type, array $config): ?array
            {
                return ['price' => $this->mark, 'setup' => $this->mark];
            }

            public function discountsCount(): bool
            {
                return false;
            }
        };
    }
}
