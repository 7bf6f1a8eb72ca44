<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\Rounding;

/** The order that some rows are, as the contract writes it: the same object as order-view.ts makes of the API's rows. */
final class OrderView
{
    /**
     * @param non-empty-list<OrderRow> $rows in the order of its lines
     * @param string|null $invoiceId of its first invoice, where it is known already
     * @param array<string, float> $rates what the host multiplies its own prices by, for each currency
     * @return array<string, mixed>
     */
    public static function of(array $rows, ?string $invoiceId, array $rates): array
    {
        $first = self::first($rows);
        $about = $first->note?->order;
        $unpaid = array_values(array_filter(array_map(static fn (OrderRow $row) => $row->unpaidInvoiceId, $rows)));
        return [
            'id' => $first->note?->place['first'] ?? $first->id,
            'clientId' => $first->clientId,
            'reference' => $first->reference,
            'status' => self::status($rows),
            'createdAt' => $first->createdAt ?? HostTime::UNKNOWN,
            'money' => HostMoney::context($first->currency),
            'coupon' => null,
            'note' => $about !== null
                ? $about['note']
                : ($first->notes === null ? null : Cut::to(2000, $first->notes)),
            'customer' => $about['customer'] ?? null,
            'lines' => array_map(static fn (OrderRow $row) => self::line($row, $rates), $rows),
            'invoiceId' => $invoiceId ?? $unpaid[0] ?? null,
            'placedBy' => self::placedBy($first),
            'stamp' => $first->note?->stamp,
            'locks' => array_values(array_filter(array_map(static fn (OrderRow $row) => $row->lock(), $rows))),
        ];
    }

    /** @param non-empty-list<OrderRow> $rows */
    private static function first(array $rows): OrderRow
    {
        foreach ($rows as $row) {
            if ($row->note?->place !== null && $row->note->place['first'] === null) {
                return $row;
            }
        }
        return $rows[0];
    }

    /**
     * Active with the first service that came into being, cancelled when all are.
     *
     * @param list<OrderRow> $rows
     */
    private static function status(array $rows): string
    {
        $all = array_map(static fn (OrderRow $row) => $row->serviceStatus(), $rows);
        if (array_diff($all, ['cancelled']) === []) {
            return 'cancelled';
        }
        return array_intersect($all, ['active', 'suspended']) === [] ? 'pending' : 'active';
    }

    private static function placedBy(OrderRow $first): string
    {
        if ($first->reference !== null) {
            return 'plugin';
        }
        return $first->isFromShop() ? 'shop' : 'staff';
    }

    /**
     * @param array<string, float> $rates
     * @return array<string, mixed>
     */
    private static function line(OrderRow $row, array $rates): array
    {
        $digits = $row->digits();
        $unit = $row->note?->line->unitPrice ?? HostMoney::text($row->price, $digits);
        $about = [
            'id' => $row->id,
            'serviceId' => $row->id,
            'title' => Cut::to(300, $row->title),
            'quantity' => $row->quantity,
            'price' => Money::format(Money::times(Money::stored($unit, $digits), $row->quantity), $digits),
            'term' => $row->term(),
        ];
        if ($row->note !== null) {
            return $about + $row->note->line->jsonSerialize();
        }
        $domain = $row->domain();
        return $about + [
            'product' => $row->product(),
            'options' => (object) [],
            'unitPrice' => $unit,
            'setup' => self::cartSetup($row, $rates, $digits),
            'renewal' => $row->period === null ? null : $unit,
            'components' => [],
        ] + ($domain === null ? [] : ['domain' => $domain]);
    }

    /**
     * The setup fee of a row that the host's cart sold: it stands in the configuration, in the shop's own currency, and
     * is invoiced once, whatever the quantity.
     *
     * @param array<string, float> $rates
     */
    private static function cartSetup(OrderRow $row, array $rates, int $digits): string
    {
        $fee = $row->config['setup_price'] ?? 0;
        // Micro-units on both sides keep it exact: rates have six digits, amounts two.
        $product = Money::times((int) round((float) $fee * 100), (int) round(($rates[$row->currency] ?? 1.0) * 1_000_000));
        return Money::format(Rounding::divideHalfAway($product, 10 ** (8 - $digits)), $digits);
    }
}
