<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\InvoiceGuard;
use FOSSBilling\InformationException;

/** The last moment before an invoice is sent and account credit is used: every line of a reseller's is compared. */
final class Guard
{
    public static function before(\Box_Event $event): void
    {
        $asked = $event->getParameters();
        try {
            $host = Fossbilling::of($event->getDi());
            $entry = $host->reseller($asked['client_id'] ?? $asked['client']['id'] ?? null);
        } catch (\Throwable $error) {
            After::log($event, $error);
            return;
        }
        if ($entry === null) {
            return;
        }
        Refuse::unknown($event, static function () use ($host, $entry, $asked): void {
            $held = $host->sql->transaction(static function () use ($host, $entry, $asked): ?string {
                $invoice = $host->invoices->find((string) $asked['id']);
                if ($invoice === null) {
                    return null;
                }
                $held = (new InvoiceGuard($host))->mend($entry, $invoice);
                if ($held === null) {
                    self::tellOrders($host, $invoice);
                }
                return $held;
            });
            if ($held !== null) {
                throw new InformationException($held);
            }
        });
    }

    /**
     * Orders of the host's shop are told here, inside the transaction that makes them: neither exists without the other.
     *
     * @param array<string, mixed> $invoice
     */
    private static function tellOrders(Fossbilling $host, array $invoice): void
    {
        $new = array_filter($invoice['lines'], static fn (array $line): bool => $line['occasion'] === 'new');
        $rows = $host->rows->ofIds(array_values(array_filter(array_column($new, 'serviceId'))));
        foreach ($rows as $row) {
            if ($row->isFromShop() && $row->isFresh() && $row->isMaster) {
                PlacedOrders::tell($host, $row, $invoice['id']);
            }
        }
    }
}
