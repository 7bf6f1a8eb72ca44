<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** prices.check: what a checkout of these lines would be charged now. Nothing is written. */
final class CheckPrices
{
    /**
     * @param Fields $request of the call
     * @return array{decision: string, code: string|null, listHash: string|null, lines: list<array<string, string|null>>}
     * @throws FieldFault when the request does not fit the contract
     */
    public static function check(Store $store, Fields $request, int $nowMs): array
    {
        $lines = array_map(OrderItem::read(...), $request->objects('lines', 100));
        $order = new OrderToPrice($request->id('clientId'), $request->text('currency', Patterns::CURRENCY), null, $lines);
        $verdict = PriceOrder::decide($store, $order, $nowMs);
        if (!$verdict instanceof WholesaleVerdict) {
            [$decision, $code] = $verdict instanceof RefusedVerdict
                ? ['refused', $verdict->code->value]
                : ['retail', null];
            return ['decision' => $decision, 'code' => $code, 'listHash' => null, 'lines' => []];
        }
        $amounts = static fn (PricedLine $line): array => [
            'unitPrice' => $line->unitPrice,
            'price' => $line->price,
            'setup' => $line->setup,
            'renewal' => $line->renewal,
        ];
        $hash = $verdict->stamp['listHash'];
        return [
            'decision' => 'wholesale',
            'code' => null,
            'listHash' => $hash,
            'lines' => array_map($amounts, $verdict->lines),
        ];
    }
}
