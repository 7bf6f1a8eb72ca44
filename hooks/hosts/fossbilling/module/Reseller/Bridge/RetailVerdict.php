<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Not a reseller's order: the host goes on with its own prices. */
final readonly class RetailVerdict
{
}
