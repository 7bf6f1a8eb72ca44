<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Money;

/** The lines of an invoice as the contract writes them, as invoice-lines.ts makes them. */
final class InvoiceLines
{
    /** `unit` of the setup lines that the plugin writes; the host's own cart writes "service". */
    private const SETUP_UNIT = 'setup';

    /**
     * @param list<array<string, mixed>> $items rows of the host, oldest first
     * @param array<array-key, OrderRow> $rows what is charged for, by id
     * @param array<array-key, string> $orderIds by id of the row
     * @return list<array<string, mixed>>
     */
    public static function of(array $items, int $digits, array $rows, array $orderIds): array
    {
        $last = null;
        $lines = [];
        foreach ($items as $item) {
            $kind = self::kind($item, $last, $rows);
            // The host links neither its setup lines nor all of its discounts: they follow the line they belong to.
            $about = self::rowId($item) === null && $kind === 'setup' ? $last ?? $item : $item;
            if (($item['type'] ?? null) === 'order') {
                $last = $item;
            }
            $lines[] = self::line($item, $kind, $about, $digits, $rows, $orderIds);
        }
        return $lines;
    }

    /** @param array<string, mixed> $item */
    public static function rowId(array $item): ?string
    {
        $id = $item['rel_id'] ?? null;
        // What a hook call is given stands in the same column.
        return ($item['type'] ?? null) !== 'hook_call' && is_numeric($id) && (int) $id !== 0 ? (string) $id : null;
    }

    /**
     * @param array<string, mixed> $item
     * @param array<string, mixed> $about
     * @param array<array-key, OrderRow> $rows
     * @param array<array-key, string> $orderIds
     * @return array<string, mixed>
     */
    private static function line(
        array $item,
        string $kind,
        array $about,
        int $digits,
        array $rows,
        array $orderIds,
    ): array {
        $rowId = $kind === 'top_up' ? null : self::rowId($about);
        $row = $rowId === null ? null : $rows[$rowId] ?? null;
        $quantity = max(1, (int) ($item['quantity'] ?? 1));
        $unit = HostMoney::minor($item['price'] ?? null, $digits);
        $amount = Money::format(Money::times($unit, $quantity), $digits);
        // A domain is renewed in years at the price of one; here its line is one domain for the whole term.
        $isDomain = $kind === 'domain';
        return [
            'id' => (string) $item['id'],
            'kind' => $kind,
            'title' => Cut::to(300, $item['title'] ?? null),
            'orderId' => $row === null ? null : $orderIds[$row->id] ?? $row->id,
            'serviceId' => $rowId,
            'product' => $row?->product(),
            'occasion' => self::occasion($about, $kind),
            'quantity' => $isDomain ? 1 : $quantity,
            'unitPrice' => $isDomain ? $amount : Money::format($unit, $digits),
            'amount' => $amount,
            'net' => $amount,
            'prorated' => null,
        ];
    }

    /**
     * @param array<string, mixed> $item
     * @param array<string, mixed>|null $last the order line before it
     * @param array<array-key, OrderRow> $rows
     */
    private static function kind(array $item, ?array $last, array $rows): string
    {
        $type = $item['type'] ?? null;
        $rowId = self::rowId($item);
        if ($type === 'deposit') {
            return 'top_up';
        }
        if ($type === 'order') {
            return ($rows[$rowId ?? ''] ?? null)?->isDomain === true ? 'domain' : 'product';
        }
        if ((float) ($item['price'] ?? 0) < 0) {
            return 'discount';
        }
        $unit = $item['unit'] ?? null;
        if ($unit === self::SETUP_UNIT && $rowId !== null) {
            return 'setup';
        }
        $about = (string) ($last['title'] ?? '');
        $ofCart = $rowId === null && $unit === 'service' && $last !== null && isset($last['title']);
        return $ofCart && str_contains((string) ($item['title'] ?? ''), $about) ? 'setup' : 'other';
    }

    /** @param array<string, mixed> $about */
    private static function occasion(array $about, string $kind): string
    {
        $isOrder = ($about['type'] ?? null) === 'order';
        $task = $about['task'] ?? null;
        if ($isOrder && $task === 'renew') {
            return 'renewal';
        }
        return $kind === 'setup' || ($isOrder && $task === 'activate') ? 'new' : 'other';
    }
}
