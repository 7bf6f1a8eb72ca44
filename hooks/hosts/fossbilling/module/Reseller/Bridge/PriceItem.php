<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** Prices one item from a stored list: look-up and sums only. */
final class PriceItem
{
    /**
     * A product that the list lacks is not offered: lists are stored whole, so its absence is no accident. A stored
     * list that cannot be read is `prices_missing`. Never throws for what is stored or what a buyer can send.
     *
     * @param int $digits of the currency
     */
    public static function price(
        Store $store,
        IndexHead $head,
        string $listHash,
        string $currency,
        int $digits,
        OrderItem $item,
    ): PricedLine|RefusedVerdict {
        $chunk = $store->readChunk($listHash, $item->product);
        if ($chunk === null) {
            return $store->hasList($listHash) ? self::notListed() : self::pricesMissing();
        }
        try {
            $priced = PriceLine::price(
                $chunk->components,
                $chunk->rows,
                $currency,
                $digits,
                $head->setupPerQuantity,
                $item,
            );
        } catch (AmountError) {
            // A stored amount that does not fit the currency's digits: the list is broken, and a guess would be billed.
            return self::pricesMissing();
        }
        return $priced instanceof Refusal
            ? new RefusedVerdict($priced->code, $priced->message)
            : PricedLine::of($item, $priced, $digits);
    }

    /** No list holds, or it cannot be read. */
    public static function pricesMissing(): RefusedVerdict
    {
        $message = 'Your prices are being prepared. Please try again in a few minutes.';
        return new RefusedVerdict(RefusalCode::PricesMissing, $message);
    }

    private static function notListed(): RefusedVerdict
    {
        $message = 'This product is not on your price list. If it is new, try again in a few minutes; '
            . 'otherwise choose another.';
        return new RefusedVerdict(RefusalCode::NotOffered, $message);
    }
}
