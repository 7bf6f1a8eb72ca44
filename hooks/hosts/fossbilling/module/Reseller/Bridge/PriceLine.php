<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Prices one order line from compiled rows: look-up and sums only, no rule is evaluated (pricing rules 3, 14, 15). */
final class PriceLine
{
    /** The most units a line, and the most lines an order, may have. */
    public const MOST_UNITS = 10_000;

    /**
     * Refuses what is not sold; never takes a missing price for zero.
     *
     * @param list<Component> $components of the product
     * @param iterable<array<string, mixed>> $rows compiled rows of the product
     * @param int $digits of the currency
     * @throws AmountError when a stored amount does not fit the digits, or a sum is too large
     */
    public static function price(
        array $components,
        iterable $rows,
        string $currency,
        int $digits,
        bool $setupPerQuantity,
        OrderItem $line,
    ): PricedAmounts|Refusal {
        $quantity = WholeNumber::of($line->quantity);
        if ($quantity === null || $quantity < 1 || $quantity > self::MOST_UNITS) {
            $message = 'Order a whole number from 1 to ' . self::MOST_UNITS . " of a product, not {$line->quantity}.";
            return new Refusal(RefusalCode::QuantityOutOfRange, '/quantity', $message);
        }
        $cells = Lookup::cells($rows, $line->term, $currency, $digits);
        $selection = Select::of($components, $line, static fn (string $id): bool => isset($cells[$id]));
        if ($selection instanceof Refusal) {
            return $selection;
        }
        $wholesale = [];
        $retail = [];
        $parts = [];
        foreach ($selection->chosen as $chosen) {
            $cell = $cells[$chosen->component];
            $count = $chosen->quantity;
            $unit = $cell->price->wholesale;
            $wholesale[] = ['price' => $unit, 'setup' => $cell->setup->wholesale ?? 0, 'quantity' => $count];
            $retail[] = [
                'price' => $cell->price->retail,
                'setup' => $cell->setup->retail ?? 0,
                'quantity' => $count,
            ];
            $parts[] = new PricedPart($chosen->component, $count, $unit, Money::times($unit, $count));
        }
        $sum = LineSum::of($wholesale, $quantity, $setupPerQuantity);
        $renewal = $selection->renewal === null ? $sum->unit : $cells[$selection->renewal]->price->wholesale;
        return new PricedAmounts(
            $sum,
            LineSum::of($retail, $quantity, $setupPerQuantity),
            $line->term === 'once' ? null : $renewal,
            $parts,
        );
    }
}
