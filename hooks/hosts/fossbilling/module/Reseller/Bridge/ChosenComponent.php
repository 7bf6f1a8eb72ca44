<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** How often a component is charged in one unit of a line. */
final readonly class ChosenComponent
{
    public function __construct(public string $component, public int $quantity)
    {
    }
}
