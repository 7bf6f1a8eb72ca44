<?php

declare(strict_types=1);

namespace Box\Mod\Reseller;

/** What the provider switches on the settings page. */
final readonly class Settings
{
    /** @param bool $nativeCheckout resellers pay wholesale in the host's own shop, and see it there */
    public function __construct(public bool $nativeCheckout = true)
    {
    }

    /** @param array<string, mixed>|null $stored what `toStore` gave; null before anything was saved */
    public static function of(?array $stored): self
    {
        return new self((bool) ($stored['nativeCheckout'] ?? true));
    }

    /** @return array{nativeCheckout: bool} */
    public function toStore(): array
    {
        return ['nativeCheckout' => $this->nativeCheckout];
    }
}
