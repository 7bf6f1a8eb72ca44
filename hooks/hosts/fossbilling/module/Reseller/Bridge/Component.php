<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A component of a product without its prices: the base, an option, an add-on, or a domain's register, renew, transfer. */
final readonly class Component
{
    /** @param string $kind base, option, addon or domain */
    public function __construct(public string $id, public string $kind, public ?OptionShape $option = null)
    {
    }

    /** @param array<string, mixed> $component a component of a chunk */
    public static function of(array $component): self
    {
        $option = $component['option'] ?? null;
        return new self($component['id'], $component['kind'], $option === null ? null : OptionShape::of($option));
    }
}
