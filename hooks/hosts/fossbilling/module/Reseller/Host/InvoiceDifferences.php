<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\LineCorrection;
use Box\Mod\Reseller\Bridge\Moment;

/**
 * Lines of resellers' invoices that charge otherwise than agreed, although the guard stands before each of them is sent:
 * staff edited one that was sent, or called one paid that was never sent, which the host does without asking anybody.
 */
final readonly class InvoiceDifferences
{
    /** Invoices that one page looks at. */
    private const PAGE = 200;

    /** Moments of the host have whole seconds, and a lock is written a moment after its order. */
    private const SAME_MOMENT_MS = 60_000;

    /** Reconcile runs every night: what was paid before has been looked at many times. */
    private const PAID_WITHIN_MS = 40 * 86_400_000;

    public function __construct(private Fossbilling $host)
    {
    }

    /**
     * @param int $after id of the last invoice that was looked at
     * @return array{differences: list<array<string, mixed>>, cursor: string|null}
     */
    public function read(int $after): array
    {
        $rows = $this->host->sql->rows(
            "SELECT i.* FROM mod_reseller_entry e JOIN invoice i ON i.client_id = CAST(e.client_id AS UNSIGNED)
            WHERE ((i.status = 'unpaid' AND i.approved = 1) OR (i.status = 'paid' AND i.paid_at >= ?))
            AND i.id > ? ORDER BY i.id LIMIT ?",
            [HostTime::stored(Moment::now() - self::PAID_WITHIN_MS), $after, self::PAGE],
        );
        $found = [];
        foreach ($rows as $row) {
            $invoice = $this->host->invoices->view($row);
            if ($invoice['status'] === 'refunded') {
                continue;
            }
            foreach ((new InvoiceGuard($this->host))->check($invoice)->corrections as $correction) {
                $found = [...$found, ...$this->line($invoice, $correction)];
            }
        }
        $last = $rows === [] ? null : (string) $rows[count($rows) - 1]['id'];
        return ['differences' => $found, 'cursor' => count($rows) < self::PAGE ? null : "invoice:{$last}"];
    }

    /**
     * @param array<string, mixed> $invoice
     * @return list<array<string, mixed>>
     */
    private function line(array $invoice, LineCorrection $correction): array
    {
        $line = array_column($invoice['lines'], null, 'id')[$correction->lineId];
        $isPaid = $invoice['status'] !== 'unpaid';
        $isDiscount = $line['kind'] === 'discount';
        // An invoice that was sent never changes: a lock of later is for the next one (rule 18). What was paid before
        // anything was agreed, as by a client who became a reseller since, was right as it was.
        $isLater = $correction->reason === 'differs_from_lock' && !$this->wasLocked($line, $invoice);
        $isOlder = $isPaid && $isDiscount && !$this->hasLocked($invoice);
        if ($isLater || $isOlder) {
            return [];
        }
        return [[
            'kind' => $isDiscount ? 'discount_on_invoice' : 'invoice_line_changed',
            'expected' => $correction->unitPrice,
            'actual' => $line['unitPrice'],
            'clientId' => $invoice['clientId'],
            'serviceId' => $line['serviceId'],
            'invoiceId' => $invoice['id'],
            'lineId' => $line['id'],
            'currency' => $invoice['money']['currency'],
            'paid' => $isPaid,
        ]];
    }

    /** @param array<string, mixed> $invoice */
    private function hasLocked(array $invoice): bool
    {
        return array_filter($invoice['lines'], fn (array $line): bool => $this->wasLocked($line, $invoice)) !== [];
    }

    /**
     * True when the lock of a line's service is as old as the invoice.
     *
     * @param array<string, mixed> $line
     * @param array<string, mixed> $invoice
     */
    private function wasLocked(array $line, array $invoice): bool
    {
        $lock = $line['serviceId'] === null ? null : $this->host->store()->readLock($line['serviceId']);
        $issuedMs = Moment::parse($invoice['issuedAt'] ?? HostTime::UNKNOWN) ?? 0;
        return $lock !== null && (Moment::parse($lock->lockedAt) ?? 0) <= $issuedMs + self::SAME_MOMENT_MS;
    }
}
