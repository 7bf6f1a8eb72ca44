<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** What one unit of a line consists of. `renewal` is the component that renewals cost instead (domains, rule 15). */
final readonly class Selection
{
    /** @param list<ChosenComponent> $chosen by component id in byte order, as price lists are */
    public function __construct(public array $chosen, public ?string $renewal)
    {
    }
}
