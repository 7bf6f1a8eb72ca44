<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** An amount that cannot be reckoned with: text that is no decimal number, digits its currency lacks, or too large. */
final class AmountError extends \RangeException
{
}
