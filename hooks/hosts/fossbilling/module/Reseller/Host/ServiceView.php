<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** A row as a service: what runs, and what the host will invoice for its next term. As service-view.ts makes it. */
final class ServiceView
{
    /**
     * @param string $orderId id of the order's first row
     * @return array<string, mixed>
     */
    public static function of(OrderRow $row, string $orderId): array
    {
        $domain = $row->domain();
        $note = $row->note;
        return [
            'id' => $row->id,
            'orderId' => $orderId,
            'clientId' => $row->clientId,
            'product' => $note?->line->item->product ?? $row->product(),
            'title' => Cut::to(300, $row->title === '' ? $row->id : $row->title),
            'domain' => $domain === null ? null : Cut::to(253, $domain),
            'status' => $row->serviceStatus(),
            'term' => $row->term(),
            'money' => HostMoney::context($row->currency),
            'quantity' => $row->quantity,
            'options' => (object) ($note?->line->item->options ?? []),
            'recurring' => self::recurring($row),
            'nextDueOn' => $row->expiresAt,
            'createdAt' => $row->createdAt ?? HostTime::UNKNOWN,
            'lock' => $row->lock(),
        ];
    }

    /** Null where the host invoices no renewal: nothing recurs, or the order's option says so. */
    private static function recurring(OrderRow $row): ?string
    {
        if ($row->period === null || !$row->renews) {
            return null;
        }
        // The host would take a domain's renewal from its registrar's prices; the guard sets it to the lock.
        return $row->isDomain ? $row->lock()?->unitPrice : HostMoney::text($row->price, $row->digits());
    }
}
