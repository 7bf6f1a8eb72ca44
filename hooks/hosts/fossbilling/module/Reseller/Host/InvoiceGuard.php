<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\CheckInvoice;
use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\InvoiceLine;
use Box\Mod\Reseller\Bridge\InvoiceToCheck;
use Box\Mod\Reseller\Bridge\InvoiceVerdict;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PricedLine;

/** Compares an invoice of a reseller with its locks and orders, and mends it before it is sent. */
final readonly class InvoiceGuard
{
    public function __construct(private Fossbilling $host)
    {
    }

    /**
     * @param array<string, mixed> $invoice as the contract writes it
     * @return string|null why it must not be sent, for staff; null when it is right now
     */
    public function mend(IndexEntry $entry, array $invoice): ?string
    {
        $rows = $this->rowsOf($invoice);
        if ($entry->state !== 'terminated') {
            $fresh = array_filter($rows, static fn (OrderRow $row): bool => $row->isFresh());
            $rows = (new FreshOrders($this->host))->settle($entry, $fresh) + $rows;
        }
        $verdict = $this->check($invoice, $rows);
        foreach ($verdict->corrections as $correction) {
            $kind = array_column($invoice['lines'], 'kind', 'id')[$correction->lineId] ?? null;
            $this->host->invoices->correct($correction->lineId, $correction->unitPrice, $kind === 'domain');
        }
        foreach ($rows as $row) {
            if ($row->isFresh() && $verdict->heldLines === []) {
                (new FreshOrders($this->host))->pin($row);
            }
        }
        return $verdict->message;
    }

    /**
     * @param array<string, mixed> $invoice
     * @param array<array-key, OrderRow>|null $rows what it charges for
     */
    public function check(array $invoice, ?array $rows = null): InvoiceVerdict
    {
        $rows ??= $this->rowsOf($invoice);
        $toCheck = new InvoiceToCheck(
            $invoice['clientId'],
            $invoice['money']['currency'],
            $invoice['money']['digits'],
            array_map(
                static fn (array $line) => self::line($line, $rows[$line['serviceId'] ?? ''] ?? null),
                $invoice['lines'],
            ),
        );
        // What was ordered stands in our own note: the row's price and the invoice are what staff can edit.
        $describe = static function (string $serviceId) use ($rows, $invoice): ?PricedLine {
            $row = $rows[$serviceId] ?? null;
            return $row?->currency === $invoice['money']['currency'] ? $row->note?->line : null;
        };
        return CheckInvoice::check($this->host->store(), $toCheck, Moment::now(), $describe);
    }

    /**
     * @param array<string, mixed> $invoice
     * @return array<array-key, OrderRow>
     */
    private function rowsOf(array $invoice): array
    {
        return $this->host->rows->ofIds(array_values(array_filter(array_column($invoice['lines'], 'serviceId'))));
    }

    /** @param array<string, mixed> $line as the contract writes it */
    private static function line(array $line, ?OrderRow $row): InvoiceLine
    {
        // The host calls the first charge of an order that staff made a renewal.
        $occasion = $row !== null && $row->isFresh() ? 'new' : $line['occasion'];
        $broughtAlong = $row !== null && $row->isDomain && $row->item() === null && (float) $line['amount'] === 0.0;
        return new InvoiceLine(
            $line['id'],
            $broughtAlong ? 'other' : $line['kind'],
            $line['serviceId'],
            $occasion,
            $line['quantity'],
            $line['unitPrice'],
            $line['amount'],
        );
    }
}
