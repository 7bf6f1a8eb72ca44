<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\IndexHead;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\OrderToPrice;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceItem;
use Box\Mod\Reseller\Bridge\PriceOrder;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Bridge\RetailVerdict;

/** What one reseller pays in one currency at this moment, line by line. */
final class Wholesale
{
    /** Longest term of a domain. */
    private const MOST_YEARS = 10;

    /** @var array<string, PricedLine|RefusedVerdict> */
    private array $priced = [];

    /** @param array{listHash: string, at: string} $stamp */
    private function __construct(
        private readonly PdoStore $store,
        private readonly IndexHead $head,
        public readonly string $currency,
        public readonly int $digits,
        public readonly array $stamp,
    ) {
    }

    /** Null: this client pays retail. A refusal says why nothing can be sold to it now. */
    public static function of(
        PdoStore $store,
        IndexEntry $entry,
        string $currency,
        ?string $coupon,
        int $nowMs,
    ): self|RefusedVerdict|null {
        $head = $store->readHead();
        $verdict = PriceOrder::decide($store, new OrderToPrice($entry->clientId, $currency, $coupon, []), $nowMs);
        if ($head === null || $verdict instanceof RetailVerdict) {
            return null;
        }
        return $verdict instanceof RefusedVerdict
            ? $verdict
            : new self($store, $head, $currency, $verdict->digits, $verdict->stamp);
    }

    public function price(OrderItem $item): PricedLine|RefusedVerdict
    {
        $key = "{$item->product} {$item->term} {$item->quantity} {$item->action} {$item->domain}";
        return $this->priced[$key] ??= $this->find($item);
    }

    public function couponsAllowed(): bool
    {
        return $this->head->couponsAllowed;
    }

    private function find(OrderItem $item): PricedLine|RefusedVerdict
    {
        $price = fn (OrderItem $asked): PricedLine|RefusedVerdict
            => PriceItem::price($this->store, $this->head, $this->stamp['listHash'], $this->currency, $this->digits, $asked);
        $found = $price($item);
        $years = preg_match('/^([1-9][0-9]?)Y$/D', $item->term, $part) === 1 ? (int) $part[1] : 0;
        if ($found instanceof PricedLine || $item->action === null || $years === 0) {
            return $found;
        }
        // The list has a domain's shortest term alone; the host registers for any number of years from there, and
        // transfers for one (rule 15).
        $others = $item->action === 'register' ? range($years, 1) : range(1, self::MOST_YEARS);
        foreach ($others as $least) {
            $first = $price(new OrderItem($item->product, "{$least}Y", 1, [], $item->action, $item->domain));
            if ($first instanceof PricedLine) {
                return $this->years($item, $years, $least, $first) ?? $found;
            }
        }
        return $found;
    }

    /** n years: the list's first term, and each further year at a year's renewal. Null when that is no whole amount. */
    private function years(OrderItem $item, int $years, int $least, PricedLine $first): ?PricedLine
    {
        $renewal = $first->renewal === null ? null : Money::stored($first->renewal, $this->digits);
        if ($renewal === null || $renewal % $least !== 0) {
            return null;
        }
        $year = intdiv($renewal, $least);
        $more = $item->action === 'register' ? $years - $least : 0;
        $further = Money::times($year, $more);
        $unit = Money::format(Money::plus(Money::stored($first->unitPrice, $this->digits), $further), $this->digits);
        return new PricedLine(
            $item,
            $unit,
            $unit,
            $first->setup,
            Money::format(Money::times($year, $years), $this->digits),
            $more === 0 ? $first->components : [...$first->components, [
                'component' => 'renew',
                'quantity' => $more,
                'unit' => Money::format($year, $this->digits),
                'amount' => Money::format($further, $this->digits),
            ]],
        );
    }
}
