<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\AmountError;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\Rounding;

/** Amounts as the host's tables hold them: net, two digits for every currency, as floats or text. */
final class HostMoney
{
    /** Currencies whose ISO 4217 minor unit is none. All others have two digits here, whatever ISO says (rule 2). */
    private const NO_DIGITS = [
        'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF',
    ];

    /** Digits that a column of the host holds. */
    private const STORED = 2;

    public static function digits(string $currency): int
    {
        return in_array($currency, self::NO_DIGITS, true) ? 0 : 2;
    }

    /** @return array{currency: string, digits: int, tax: string} */
    public static function context(string $currency): array
    {
        return ['currency' => $currency, 'digits' => self::digits($currency), 'tax' => 'net'];
    }

    /**
     * A stored amount in minor units, rounded half away from zero for a currency without digits.
     *
     * @throws AmountError when it is no amount
     */
    public static function minor(mixed $stored, int $digits): int
    {
        $text = match (true) {
            $stored === null, $stored === '' => '0',
            // The column has two digits, so this writes what it holds and rounds nothing.
            is_float($stored) => sprintf('%.' . self::STORED . 'F', $stored),
            default => (string) $stored,
        };
        $cents = Money::minorUnits($text, self::STORED)
            ?? Money::minorUnits(sprintf('%.' . self::STORED . 'F', (float) $text), self::STORED);
        return $digits >= self::STORED ? (int) $cents : Rounding::divideHalfAway((int) $cents, 100);
    }

    /** A stored amount as the contract writes it. */
    public static function text(mixed $stored, int $digits): string
    {
        return Money::format(self::minor($stored, $digits), $digits);
    }
}
