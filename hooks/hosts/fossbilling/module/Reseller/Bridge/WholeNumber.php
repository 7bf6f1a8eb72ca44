<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Whole numbers as JSON has them: 2 and 2.0 are the same number, "2" and true are none. */
final class WholeNumber
{
    /** The number as an integer, or null when it is no whole number that both ends can hold (2^53 - 1). */
    public static function of(mixed $value): ?int
    {
        if (is_float($value) && floor($value) === $value && abs($value) <= 9_007_199_254_740_991) {
            return (int) $value;
        }
        return is_int($value) && abs($value) <= 9_007_199_254_740_991 ? $value : null;
    }
}
