<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

/** What the provider switches on the settings page. */
final readonly class Settings
{
    /**
     * @param bool $nativeCheckout resellers pay wholesale in the host's own shop, and see it there
     * @param bool $allowPromoCodes a promo code of the host may lower wholesale prices further
     */
    public function __construct(public bool $nativeCheckout = true, public bool $allowPromoCodes = false)
    {
    }

    /** @param array<string, mixed>|null $stored what `toStore` gave; null before anything was saved */
    public static function of(?array $stored): self
    {
        return new self(
            (bool) ($stored['nativeCheckout'] ?? true),
            (bool) ($stored['allowPromoCodes'] ?? false),
        );
    }

    /** @return array{nativeCheckout: bool, allowPromoCodes: bool} */
    public function toStore(): array
    {
        return ['nativeCheckout' => $this->nativeCheckout, 'allowPromoCodes' => $this->allowPromoCodes];
    }
}
