<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Checks an invoice that is about to be sent (pricing rules 16, 19, 20, 25 and 26). */
final class CheckInvoice
{
    /**
     * Only accounts of resellers are checked, and only lines for products, setup, domains and discounts:
     *
     * - a line with a lock must cost the lock (within one minor unit of its part where the host prorates);
     * - a first line without a lock, a setup fee, and the first term of a domain must cost what was ordered (see
     *   FreshPrice);
     * - a discount becomes 0.00 where coupons are refused;
     * - a line with neither lock nor list price holds the invoice: it is never guessed;
     * - a terminated reseller's services keep their locks until retail is pinned; all else of theirs is retail.
     *
     * Suspended and inactive resellers are checked like active ones: their running services keep their prices.
     *
     * @param int $nowMs the host's clock in UTC milliseconds
     * @param (callable(string): (OrderItem|PricedLine|null))|null $describeService what a service was ordered as, from
     *     the bridge's own record: amounts that staff can edit would be compared with themselves. The amounts of a
     *     PricedLine count; an OrderItem is priced from the list. Without it lines that have no lock are held.
     */
    public static function check(
        Store $store,
        InvoiceToCheck $invoice,
        int $nowMs,
        ?callable $describeService = null,
    ): InvoiceVerdict {
        $entry = $store->readEntry($invoice->clientId);
        $head = $entry === null ? null : $store->readHead();
        if ($entry === null || $head === null) {
            return new InvoiceVerdict();
        }
        $describe = \Closure::fromCallable($describeService ?? static fn (string $serviceId) => null);
        $context = new GuardContext($store, $head, $entry, $invoice->currency, $invoice->digits, $nowMs, $describe);
        $corrections = [];
        $held = [];
        foreach ($invoice->lines as $line) {
            $judged = JudgeLine::of($context, $line);
            if ($judged === LineMark::Hold) {
                $held[] = $line->id;
            } elseif ($judged instanceof LineCorrection) {
                $corrections[] = $judged;
            }
        }
        return $held === [] ? new InvoiceVerdict($corrections) : new InvoiceVerdict([], $held, self::words(count($held)));
    }

    private static function words(int $count): string
    {
        $lines = $count === 1 ? 'One line of this invoice has' : "{$count} lines of this invoice have";
        return "{$lines} no price to check against. "
            . 'Pin the price of the service in the reseller plugin, then send it again.';
    }
}
