<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** What happens to a reseller's invoices. */
final class Invoices
{
    /** @var array<string, array<string, mixed>> before they are deleted */
    private static array $deleted = [];

    public static function issued(\Box_Event $event): void
    {
        self::tell($event, static function (Fossbilling $host, array $invoice): void {
            Tell::invoice($host, 'issued', $invoice);
        });
    }

    public static function paid(\Box_Event $event): void
    {
        self::tell($event, static function (Fossbilling $host, array $invoice): void {
            if ($invoice['payment'] !== null) {
                Tell::invoice($host, 'paid', $invoice, ['payment' => $invoice['payment']]);
            }
        });
    }

    /** The newest refund. One that the provider makes by hand leaves no amounts in the host: nothing is told then. */
    public static function refunded(\Box_Event $event): void
    {
        self::tell($event, static function (Fossbilling $host, array $invoice): void {
            $refund = $invoice['refunds'][count($invoice['refunds']) - 1] ?? null;
            if ($refund !== null) {
                Tell::invoice($host, 'refunded', $invoice, ['refund' => $refund]);
            }
        });
    }

    /** Staff edited it: cancelled, or sent with other words. Drafts were not sent. */
    public static function updated(\Box_Event $event): void
    {
        self::tell($event, static function (Fossbilling $host, array $invoice): void {
            if ($invoice['status'] === 'cancelled') {
                Tell::invoice($host, 'cancelled', $invoice);
            } elseif ($invoice['status'] === 'unpaid') {
                Tell::invoice($host, 'issued', $invoice);
            }
        });
    }

    public static function beforeDelete(\Box_Event $event): void
    {
        self::tell($event, static function (Fossbilling $host, array $invoice): void {
            self::$deleted[$invoice['id']] = $invoice;
        });
    }

    public static function deleted(\Box_Event $event): void
    {
        After::run($event, static function (Fossbilling $host) use ($event): void {
            $id = (string) ($event->getParameters()['id'] ?? '');
            $gone = self::$deleted[$id] ?? null;
            unset(self::$deleted[$id]);
            // A paid one stays booked: deleting a document takes no money back.
            if ($gone !== null && in_array($gone['status'], ['draft', 'unpaid'], true)) {
                Tell::invoice($host, 'cancelled', ['status' => 'cancelled'] + $gone);
            }
        });
    }

    /** @param callable(Fossbilling, array<string, mixed>): void $work */
    private static function tell(\Box_Event $event, callable $work): void
    {
        $look = static function (Fossbilling $host, string $id) use ($work): void {
            $invoice = $host->invoices->find($id);
            if ($invoice !== null) {
                $work($host, $invoice);
            }
        };
        After::ofReseller($event, HostTable::Invoice, $look);
    }
}
