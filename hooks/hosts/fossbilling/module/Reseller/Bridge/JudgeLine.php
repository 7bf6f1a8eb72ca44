<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Judges one line of a reseller's invoice. */
final class JudgeLine
{
    /** A correction says what to charge instead. Never throws for what the host or the bridge stored. */
    public static function of(GuardContext $context, InvoiceLine $line): LineCorrection|LineMark
    {
        try {
            return self::judge($context, $line);
        } catch (AmountError) {
            // An amount that nobody can reckon with is not corrected into another one.
            return LineMark::Hold;
        }
    }

    private static function judge(GuardContext $context, InvoiceLine $line): LineCorrection|LineMark
    {
        if ($line->kind === 'discount') {
            return self::discount($context, $line);
        }
        if (!in_array($line->kind, ['product', 'setup', 'domain'], true)) {
            return LineMark::Pass;
        }
        if ($line->quantity < 1) {
            return LineMark::Hold;
        }
        $lock = self::lock($context, $line);
        // A lock holds what renewals cost: a setup fee, and what registering a domain costs, are other amounts.
        $first = $line->kind === 'setup' || ($line->kind === 'domain' && $line->occasion === 'new');
        if ($lock !== null && !$first) {
            return self::locked($context, $line, $lock);
        }
        // What a terminated reseller buys, it buys at retail like anybody else.
        return $context->entry->state === 'terminated' ? LineMark::Pass : self::fresh($context, $line, $lock);
    }

    private static function lock(GuardContext $context, InvoiceLine $line): ?PriceLock
    {
        $lock = $line->serviceId === null ? null : $context->store->readLock($line->serviceId);
        // A service that moved to another account, or is billed in another currency, has no price that was agreed.
        $agreed = $lock !== null
            && $lock->holds()
            && $lock->clientId === $context->entry->clientId
            && $lock->currency === $context->currency;
        return $agreed ? $lock : null;
    }

    private static function discount(GuardContext $context, InvoiceLine $line): LineCorrection|LineMark
    {
        if ($context->head->couponsAllowed || $context->entry->state === 'terminated') {
            return LineMark::Pass;
        }
        $digits = $context->digits;
        if (Money::minorUnits($line->unitPrice, $digits) === 0 && Money::minorUnits($line->amount, $digits) === 0) {
            return LineMark::Pass;
        }
        return new LineCorrection($line->id, Money::format(0, $digits), 'coupon_refused');
    }

    private static function locked(GuardContext $context, InvoiceLine $line, PriceLock $lock): LineCorrection|LineMark
    {
        $unit = Money::minorUnits($lock->unitPrice, $context->digits);
        if ($unit === null) {
            return LineMark::Hold;
        }
        if ($line->quantity === $lock->quantity) {
            return self::compare($context, $line, $unit, null);
        }
        // A host may store a whole line as one unit. Any other quantity is not what was locked: no unit price mends it.
        return $line->quantity === 1
            ? self::compare($context, $line, Money::times($unit, $lock->quantity), null)
            : LineMark::Hold;
    }

    private static function fresh(GuardContext $context, InvoiceLine $line, ?PriceLock $lock): LineCorrection|LineMark
    {
        // A renewal costs its lock and nothing else; the list says what new orders cost.
        if ($line->occasion === 'renewal' || $line->serviceId === null) {
            return LineMark::Hold;
        }
        $fresh = FreshPrice::of($context, $line->serviceId, $lock);
        if ($line->kind !== 'setup') {
            return self::compare($context, $line, null, $fresh->unit);
        }
        // Setup fees are known for the whole line; the host may have cut them into units.
        if ($fresh->setup === null || $fresh->setup % $line->quantity !== 0) {
            return LineMark::Hold;
        }
        return self::compare($context, $line, null, intdiv($fresh->setup, $line->quantity));
    }

    private static function compare(
        GuardContext $context,
        InvoiceLine $line,
        ?int $lock,
        ?int $list,
    ): LineCorrection|LineMark {
        $unit = Money::minorUnits($line->unitPrice, $context->digits);
        $amount = Money::minorUnits($line->amount, $context->digits);
        if ($unit === null || $amount !== Money::times($unit, $line->quantity)) {
            // Digits the currency lacks, or an amount edited beside its unit price: storing the unit price mends both.
            $unit = null;
        }
        $verdict = Guard::line($unit, $line->quantity, $line->prorated, $lock, $list);
        if ($verdict->reason === null) {
            return LineMark::Pass;
        }
        if ($verdict->correctTo === null) {
            return LineMark::Hold;
        }
        $price = Money::format($verdict->correctTo, $context->digits);
        return new LineCorrection($line->id, $price, $verdict->reason);
    }
}
