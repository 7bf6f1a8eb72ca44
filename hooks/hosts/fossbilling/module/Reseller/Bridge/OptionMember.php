<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** A component that carries an option. */
final readonly class OptionMember
{
    public function __construct(public string $component, public OptionShape $option)
    {
    }
}
