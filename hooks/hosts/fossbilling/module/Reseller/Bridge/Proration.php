<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The part of a term that a host charges, as a fraction. */
final readonly class Proration
{
    /** @param int $denominator above 0 */
    public function __construct(public int $numerator, public int $denominator)
    {
    }
}
