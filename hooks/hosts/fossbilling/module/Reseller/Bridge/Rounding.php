<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The one rounding rule (pricing rule 1): half away from zero. */
final class Rounding
{
    /**
     * numerator / denominator, rounded half away from zero.
     *
     * @param int $denominator above 0
     */
    public static function divideHalfAway(int $numerator, int $denominator): int
    {
        $quotient = intdiv($numerator, $denominator);
        $rest = abs($numerator % $denominator);
        // Not `2 × rest`, which could overflow.
        if ($rest < $denominator - $rest) {
            return $quotient;
        }
        return $numerator < 0 ? $quotient - 1 : $quotient + 1;
    }

    /**
     * amount × numerator / denominator, rounded half away from zero. Exact also where amount × numerator is too large.
     *
     * @param int $denominator above 0
     * @throws AmountError when the result is too large
     */
    public static function part(int $amount, int $numerator, int $denominator): int
    {
        $rest = self::divideHalfAway(Money::times($amount % $denominator, $numerator), $denominator);
        return Money::plus(Money::times(intdiv($amount, $denominator), $numerator), $rest);
    }
}
