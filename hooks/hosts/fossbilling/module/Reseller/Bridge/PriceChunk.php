<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** All prices of one product under one rule set: immutable, named by its content. */
final readonly class PriceChunk
{
    /**
     * @param list<Component> $components
     * @param list<array<string, mixed>> $rows component, term, currency, charge, retail, wholesale, …
     */
    private function __construct(public string $product, public array $components, public array $rows)
    {
    }

    /** @param array<string, mixed> $chunk in the form of the contract */
    public static function of(array $chunk): self
    {
        return new self($chunk['product'], array_values(array_map(Component::of(...), $chunk['components'])), $chunk['rows']);
    }
}
