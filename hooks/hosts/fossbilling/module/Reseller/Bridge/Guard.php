<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Compares an invoice line with its price lock, or with the list when it has none (pricing rules 20 and 25). */
final class Guard
{
    /**
     * A prorated line is accepted within one minor unit of round(lock × part), because the host's own formula decides.
     * A host that stores line totals instead of unit amounts passes quantity 1 and prices for the whole line.
     *
     * @param int|null $unit amount for one unit in minor units; null = cannot be right, whatever the price is
     * @param Proration|null $prorated null on a line that the host does not call prorated
     * @param int|null $lock the service's price lock for one unit, in minor units
     * @param int|null $list the list's price for one unit, in minor units; used only without a lock
     * @throws AmountError when the part is too large to reckon with
     */
    public static function line(?int $unit, int $quantity, ?Proration $prorated, ?int $lock, ?int $list): GuardVerdict
    {
        $full = $lock ?? $list;
        if ($full === null) {
            return new GuardVerdict('no_price');
        }
        $expected = $prorated === null
            ? $full
            : Rounding::part($full, $prorated->numerator, $prorated->denominator);
        $reason = $lock === null ? 'differs_from_list' : 'differs_from_lock';
        if ($unit === null) {
            return new GuardVerdict($reason, $expected);
        }
        $apart = Money::minus($expected, $unit);
        $tolerance = $prorated === null ? 0 : 1;
        if ($apart >= -$tolerance && $apart <= $tolerance) {
            return new GuardVerdict();
        }
        return new GuardVerdict($reason, $expected, Money::times($apart, $quantity));
    }
}
