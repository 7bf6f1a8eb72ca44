<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/**
 * Exact money: decimal text outside, integer minor units inside (pricing rules 1 to 3). No float is ever made.
 * PHP's integers hold up to 9 223 372 036 854 775 807 minor units; everything beyond throws instead of turning into a
 * float without a word, as PHP does by itself.
 */
final class Money
{
    private const FORM = '/^(-?)([0-9]+)(?:\.([0-9]+))?$/D';
    private const LARGEST = '9223372036854775807';

    /**
     * Decimal text to minor units of a currency with that many digits: "12.40" at 2 digits is 1240.
     * Null when the amount needs more digits than the currency has; "10.000" at 2 digits does not.
     *
     * @throws AmountError for text that is not a decimal number, and for numbers that are too large
     */
    public static function minorUnits(string $text, int $digits): ?int
    {
        if (preg_match(self::FORM, $text, $part) !== 1) {
            throw new AmountError('This is not a decimal number such as "12.40".');
        }
        $fraction = rtrim($part[3] ?? '', '0');
        if (strlen($fraction) > $digits) {
            return null;
        }
        $units = ltrim($part[2] . str_pad($fraction, $digits, '0'), '0');
        $length = strlen($units);
        $most = strlen(self::LARGEST);
        if ($length > $most || ($length === $most && strcmp($units, self::LARGEST) > 0)) {
            throw new AmountError('This amount is too large.');
        }
        return $part[1] === '-' ? -(int) $units : (int) $units;
    }

    /**
     * As `minorUnits`, for amounts that were stored with the currency's digits.
     *
     * @throws AmountError also when the amount has more digits than its currency
     */
    public static function stored(string $text, int $digits): int
    {
        return self::minorUnits($text, $digits)
            ?? throw new AmountError("A stored amount has more than {$digits} digits.");
    }

    /** Minor units to decimal text with exactly the currency's digits: 1240 at 2 digits is "12.40", at 0 digits "1240". */
    public static function format(int $minor, int $digits): string
    {
        if ($digits === 0) {
            return (string) $minor;
        }
        // Taken off as text, because the lowest integer has no positive counterpart.
        $text = str_pad(ltrim((string) $minor, '-'), $digits + 1, '0', STR_PAD_LEFT);
        return ($minor < 0 ? '-' : '') . substr($text, 0, -$digits) . '.' . substr($text, -$digits);
    }

    /** @throws AmountError when the sum is too large */
    public static function plus(int $left, int $right): int
    {
        return self::whole($left + $right);
    }

    /** @throws AmountError when the difference is too large */
    public static function minus(int $left, int $right): int
    {
        return self::whole($left - $right);
    }

    /** @throws AmountError when the product is too large */
    public static function times(int $amount, int $count): int
    {
        return self::whole($amount * $count);
    }

    private static function whole(int|float $result): int
    {
        // The lowest integer is refused too: its negative is a float.
        if (!is_int($result) || $result === PHP_INT_MIN) {
            throw new AmountError('This amount is too large.');
        }
        return $result;
    }
}
