<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Decides what a host does with an order that is about to be committed, or shown (pricing rules 16, 17, 24 and 26). */
final class PriceOrder
{
    /**
     * Reads only the bridge's own tables, and never throws for what a buyer can send.
     *
     * - Before the first pull, for clients the index does not name, and for terminated ones: retail.
     * - Suspended and inactive resellers: refused with the public reason. Programme off: active ones are refused too.
     * - Coupons where the policy refuses them, an index not confirmed for `refuseAfterSeconds`, no list that holds now,
     *   anything that is not sold: refused, with words for the buyer. Never retail in silence, never zero.
     *
     * @param int $nowMs the host's clock in UTC milliseconds, the same one that confirms pulls
     */
    public static function decide(
        Store $store,
        OrderToPrice $order,
        int $nowMs,
    ): RetailVerdict|WholesaleVerdict|RefusedVerdict {
        $entry = $store->readEntry($order->clientId);
        $head = $entry === null ? null : $store->readHead();
        if ($entry === null || $head === null || $entry->state === 'terminated') {
            return new RetailVerdict();
        }
        $refused = self::refuseAll($head, $entry, $order, $nowMs);
        if ($refused !== null) {
            return $refused;
        }
        $listHash = $entry->listAt($nowMs);
        return $listHash === null
            ? PriceItem::pricesMissing()
            : self::priceLines($store, $head, $entry, $listHash, $order, $nowMs);
    }

    /** What refuses an order as a whole, whatever is on it. */
    private static function refuseAll(
        IndexHead $head,
        IndexEntry $entry,
        OrderToPrice $order,
        int $nowMs,
    ): ?RefusedVerdict {
        if ($entry->state === 'suspended' || $entry->state === 'inactive') {
            $reason = trim($entry->publicReason ?? '');
            $reason = $reason === '' ? "Your reseller account is {$entry->state}" : $reason;
            $end = preg_match('/[.!?]$/D', $reason) === 1 ? '' : '.';
            return new RefusedVerdict(
                $entry->state === 'suspended' ? RefusalCode::ResellerSuspended : RefusalCode::ResellerInactive,
                "{$reason}{$end} New orders are not possible: please contact us.",
            );
        }
        if (!$head->programmeOn) {
            $message = 'The reseller programme is paused: new orders are not possible now. Please contact us.';
            return new RefusedVerdict(RefusalCode::ProgrammeOff, $message);
        }
        if (!$head->couponsAllowed && trim($order->coupon ?? '') !== '') {
            $message = 'Coupons cannot be combined with reseller prices: remove the coupon and order again.';
            return new RefusedVerdict(RefusalCode::CouponRefused, $message);
        }
        if ($nowMs - $head->confirmedAtMs > $head->refuseAfterSeconds * 1000) {
            $message = 'Your prices could not be confirmed lately. Please try again later, or contact us.';
            return new RefusedVerdict(RefusalCode::PricesStale, $message);
        }
        return null;
    }

    private static function priceLines(
        Store $store,
        IndexHead $head,
        IndexEntry $entry,
        string $listHash,
        OrderToPrice $order,
        int $nowMs,
    ): WholesaleVerdict|RefusedVerdict {
        $digits = $head->digits[$order->currency] ?? null;
        if ($digits === null) {
            $message = "There are no reseller prices in {$order->currency}: choose another currency.";
            return new RefusedVerdict(RefusalCode::CurrencyUnknown, $message);
        }
        $lines = [];
        foreach ($order->lines as $position => $item) {
            $priced = PriceItem::price($store, $head, $listHash, $order->currency, $digits, $item);
            if ($priced instanceof RefusedVerdict) {
                return new RefusedVerdict($priced->code, $priced->message, $position);
            }
            $lines[] = $priced;
        }
        $stamp = ['listHash' => $listHash, 'at' => Moment::text($nowMs)];
        return new WholesaleVerdict($lines, $stamp, $entry->resellerId, $digits);
    }
}
