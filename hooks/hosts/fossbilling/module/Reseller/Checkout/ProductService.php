<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Checkout;

use Box\Mod\Product\Entity\Product;
use Box\Mod\Product\Service;

/**
 * The host's product service with other prices. It prices, and leaves all else to the host's own class; what it has no
 * price for it asks of the service it was put in the place of.
 */
class ProductService extends Service
{
    private const DOMAIN_TYPE = 'domain';

    public function __construct(private readonly object $inner, private readonly PriceSource $prices)
    {
    }

    public function getProductPrice(Product $product, ?array $config = null): float|int|string
    {
        // The host shows one year of a domain here, and charges getProductOrderLineConfig.
        $found = $this->found($product, ['quantity' => 1] + ($config ?? []));
        return $found['price'] ?? $this->inner->getProductPrice($product, $config);
    }

    public function getProductSetupPrice(Product $product, ?array $config = null): float
    {
        return $this->found($product, $config ?? [])['setup'] ?? $this->inner->getProductSetupPrice($product, $config);
    }

    public function getProductOrderLineConfig(Product $product, ?array $config = null): array
    {
        $line = $this->inner->getProductOrderLineConfig($product, $config);
        $found = $this->found($product, $config ?? []);
        return $found === null ? $line : ['price' => $found['price'], 'setup_price' => $found['setup']] + $line;
    }

    /** A free domain with a hosting account is a discount on retail; the invoice would not have it. */
    public function getRelatedProductDiscount(Product $product, array $items, ?array $config = null): float
    {
        $discount = (float) $this->inner->getRelatedProductDiscount($product, $items, $config);
        $found = $this->found($product, $config ?? []);
        if ($found === null) {
            return $discount;
        }
        return $this->prices->discountsCount() ? min($discount, $found['price']) : 0.0;
    }

    public function getProductPricingArray(Product $product): array
    {
        $pricing = $this->inner->getProductPricingArray($product);
        return $product->getType() === self::DOMAIN_TYPE
            ? $this->domains($product, $pricing)
            : $this->periods($product, $pricing);
    }

    public function toAddonArray(Product $model, $deep = true, bool $isAdmin = false): array
    {
        $addon = $this->inner->toAddonArray($model, $deep, $isAdmin);
        return isset($addon['pricing']) ? ['pricing' => $this->periods($model, $addon['pricing'])] + $addon : $addon;
    }

    public function getStartingFromPrice(Product $model)
    {
        $pricing = $this->getProductPricingArray($model);
        if ($model->getType() === self::DOMAIN_TYPE) {
            $prices = array_column($pricing, 'price_registration');
            return $prices === [] ? 0.0 : (float) min($prices);
        }
        $isEnabled = static fn (array $period): bool => (bool) ($period['enabled'] ?? false);
        $enabled = array_filter($pricing['recurrent'] ?? [], $isEnabled);
        return match ($pricing['type'] ?? null) {
            'once' => $pricing['once']['price'] ?? null,
            'recurrent' => $enabled === [] ? null : min(array_column($enabled, 'price')),
            default => $this->inner->getStartingFromPrice($model),
        };
    }

    /**
     * @param array<string, mixed> $config
     * @return array{price: float, setup: float}|null
     */
    private function found(Product $product, array $config): ?array
    {
        return $this->prices->find((string) $product->getId(), (string) $product->getType(), $config);
    }

    /**
     * @param array<string, mixed> $pricing
     * @return array<string, mixed>
     */
    private function periods(Product $product, array $pricing): array
    {
        if (($once = $this->found($product, [])) !== null) {
            $pricing['once'] = ['price' => $once['price'], 'setup' => $once['setup']] + ($pricing['once'] ?? []);
        }
        foreach ($pricing['recurrent'] ?? [] as $period => $cell) {
            $found = $this->found($product, ['period' => $period]);
            if ($found !== null) {
                $pricing['recurrent'][$period] = ['price' => $found['price'], 'setup' => $found['setup']] + $cell;
            }
        }
        return $pricing;
    }

    /**
     * @param array<string, array<string, mixed>> $pricing by top level domain; prices are of a year, as text
     * @return array<string, array<string, mixed>>
     */
    private function domains(Product $product, array $pricing): array
    {
        foreach ($pricing as $tld => $cell) {
            $years = max(1, (int) ($cell['min_years'] ?? 1)) . 'Y';
            $asked = ['register_tld' => (string) $tld, 'period' => $years];
            $register = $this->found($product, ['action' => 'register'] + $asked);
            $transfer = $this->found($product, ['action' => 'transfer'] + $asked);
            $text = static fn (?array $found, mixed $own) => $found === null ? $own : sprintf('%.2F', $found['price']);
            // A longer first term has no price of one year: the order line shows what it comes to.
            $pricing[$tld]['price_registration'] = $years === '1Y'
                ? $text($register, $cell['price_registration'] ?? null)
                : $cell['price_registration'] ?? null;
            $pricing[$tld]['price_transfer'] = $text($transfer, $cell['price_transfer'] ?? null);
        }
        return $pricing;
    }
}
