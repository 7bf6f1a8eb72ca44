<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Finds stored prices. Nothing is calculated here. */
final class Lookup
{
    /**
     * The component prices of one product in one term and currency, by component id. A component that is not in the
     * result is not sold there: absent is not zero (pricing rule 6).
     *
     * @param iterable<array<string, mixed>> $rows the rows of a chunk
     * @param int $digits of the currency
     * @return array<array-key, CellPrice>
     * @throws AmountError when a row of this term and currency is not in the currency's digits
     */
    public static function cells(iterable $rows, string $term, string $currency, int $digits): array
    {
        $prices = [];
        $setups = [];
        foreach ($rows as $row) {
            if ($row['term'] !== $term || $row['currency'] !== $currency) {
                continue;
            }
            $retail = Money::stored($row['retail'], $digits);
            $amounts = new ChargeAmounts($retail, Money::stored($row['wholesale'], $digits));
            if ($row['charge'] === 'setup') {
                $setups[$row['component']] = $amounts;
            } else {
                $prices[$row['component']] = $amounts;
            }
        }
        $cells = [];
        foreach ($prices as $component => $price) {
            $cells[$component] = new CellPrice($price, $setups[$component] ?? null);
        }
        return $cells;
    }
}
