<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\Sql;

/** The host's invoices as the contract writes them, as invoice-view.ts makes them. All amounts are net. */
final readonly class Invoices
{
    /** What the host writes into the notes of an invoice that it refunds by a credit note or a negative invoice. */
    private const REFUNDED_BY = '/Refund invoice #(\d+) generated\./';

    public function __construct(private Sql $sql, private OrderRows $rows)
    {
    }

    /** @return array<string, mixed>|null null when it is gone, or is the document of a refund */
    public function find(string $id): ?array
    {
        $invoice = $this->sql->row('SELECT * FROM invoice WHERE id = ?', [$id]);
        return $invoice === null || $invoice['status'] === 'refunded' ? null : $this->view($invoice);
    }

    /** @return list<string> ids of the orders that it charges for */
    public function orderIds(string $invoiceId): array
    {
        return array_values(array_unique($this->rows->orderIds($this->charged($this->items($invoiceId)))));
    }

    /** Sets one line before it is sent. A domain's line becomes one domain for its whole term, as it is seen here. */
    public function correct(string $lineId, string $unitPrice, bool $isDomain): void
    {
        $quantity = $isDomain ? ', quantity = 1' : '';
        $now = HostTime::stored((int) (microtime(true) * 1000));
        $update = "UPDATE invoice_item SET price = ?, updated_at = ?{$quantity} WHERE id = ?";
        $this->sql->run($update, [$unitPrice, $now, $lineId]);
    }

    /**
     * @param array<string, mixed> $invoice row of the host
     * @return array<string, mixed>
     */
    public function view(array $invoice): array
    {
        $money = HostMoney::context((string) $invoice['currency']);
        $digits = $money['digits'];
        $lines = $this->lines((string) $invoice['id'], $digits);
        $total = self::sum(array_column($lines, 'amount'), $digits);
        $isPaid = $invoice['status'] === 'paid';
        $refunds = $isPaid ? $this->refunds($invoice, $lines, $digits) : [];
        $paidAt = HostTime::moment($invoice['paid_at'] ?? null);
        $orders = array_filter($lines, static fn ($line) => $line['occasion'] === 'new' && $line['orderId'] !== null);
        return [
            'id' => (string) $invoice['id'],
            'number' => Cut::to(60, $this->number($invoice)),
            'clientId' => (string) $invoice['client_id'],
            'orderId' => array_values($orders)[0]['orderId'] ?? null,
            'status' => $isPaid ? self::afterRefunds($refunds, $total, $digits) : self::status($invoice),
            'money' => $money,
            'total' => Money::format($total, $digits),
            'issuedAt' => (bool) $invoice['approved'] ? HostTime::moment($invoice['created_at'] ?? null) : null,
            'dueOn' => HostTime::day($invoice['due_at'] ?? null),
            'paidAt' => $paidAt,
            // The host marks an invoice paid once and as a whole, so the payment needs no number of its own.
            'payment' => $paidAt === null ? null : [
                'id' => "paid-{$invoice['id']}",
                'at' => $paidAt,
                'method' => (string) (($invoice['gateway_id'] ?? null) ?: 'credit'),
            ],
            'refunds' => $refunds,
            'lines' => $lines,
        ];
    }

    /** @return list<array<string, mixed>> */
    private function lines(string $invoiceId, int $digits): array
    {
        $items = $this->items($invoiceId);
        $rows = $this->charged($items);
        return InvoiceLines::of($items, $digits, $rows, $this->rows->orderIds($rows));
    }

    /**
     * @param list<array<string, mixed>> $items
     * @return array<array-key, OrderRow> the rows they are for, by id
     */
    private function charged(array $items): array
    {
        return $this->rows->ofIds(array_values(array_filter(array_map(InvoiceLines::rowId(...), $items))));
    }

    /** @return list<array<string, mixed>> rows of the host, oldest first */
    private function items(string $invoiceId): array
    {
        return $this->sql->rows('SELECT * FROM invoice_item WHERE invoice_id = ? ORDER BY id', [$invoiceId]);
    }

    /** @param array<string, mixed> $invoice */
    private function number(array $invoice): string
    {
        $setting = $this->sql->row('SELECT value FROM setting WHERE param = ?', ['invoice_number_padding']);
        $padding = $setting['value'] ?? null;
        $width = $padding === null || $padding === '' ? 5 : (int) $padding;
        $number = is_numeric($invoice['nr'] ?? null) ? (int) $invoice['nr'] : $invoice['id'];
        return ($invoice['serie'] ?? '') . sprintf("%0{$width}s", $number);
    }

    /** @param array<string, mixed> $invoice */
    private static function status(array $invoice): string
    {
        return match ($invoice['status']) {
            'canceled' => 'cancelled',
            'refunded' => 'refunded',
            default => (bool) $invoice['approved'] ? 'unpaid' : 'draft',
        };
    }

    /**
     * What was given back, from the documents the host made for it. Where the provider refunds by hand, the host keeps
     * nothing that could be read.
     *
     * @param array<string, mixed> $invoice
     * @param list<array<string, mixed>> $lines
     * @return list<array<string, mixed>>
     */
    private function refunds(array $invoice, array $lines, int $digits): array
    {
        preg_match_all(self::REFUNDED_BY, (string) ($invoice['notes'] ?? ''), $found);
        $refunds = [];
        foreach ($found[1] as $id) {
            $document = $this->sql->row("SELECT * FROM invoice WHERE id = ? AND status = 'refunded'", [$id]);
            if ($document !== null) {
                $refunds[] = $this->refund($document, $lines, $digits);
            }
        }
        return $refunds;
    }

    /**
     * @param array<string, mixed> $document
     * @param list<array<string, mixed>> $lines
     * @return array<string, mixed>
     */
    private function refund(array $document, array $lines, int $digits): array
    {
        $given = $this->items((string) $document['id']);
        $net = static function (array $item) use ($digits): string {
            $minor = HostMoney::minor($item['price'] ?? null, $digits);
            return Money::format(-Money::times($minor, max(1, (int) ($item['quantity'] ?? 1))), $digits);
        };
        $nets = array_map($net, $given);
        // The host copies the lines in their order; staff may have edited the copy.
        $titles = array_map(static fn ($item) => Cut::to(300, $item['title'] ?? null), $given);
        $named = static fn (array $line, string $amount): array => ['lineId' => $line['id'], 'net' => $amount];
        $byLine = $titles === array_column($lines, 'title') ? array_map($named, $lines, $nets) : null;
        return [
            'id' => "refund-{$document['id']}",
            'at' => HostTime::moment($document['paid_at'] ?? null)
                ?? HostTime::moment($document['created_at'] ?? null)
                ?? HostTime::UNKNOWN,
            'amount' => Money::format(self::sum($nets, $digits), $digits),
            'lines' => $byLine,
        ];
    }

    /** @param list<array<string, mixed>> $refunds */
    private static function afterRefunds(array $refunds, int $total, int $digits): string
    {
        $given = self::sum(array_column($refunds, 'amount'), $digits);
        if ($given === 0) {
            return 'paid';
        }
        return $given < $total ? 'part_refunded' : 'refunded';
    }

    /** @param list<string> $amounts */
    private static function sum(array $amounts, int $digits): int
    {
        $add = static fn (int $sum, string $amount): int => Money::plus($sum, Money::stored($amount, $digits));
        return array_reduce($amounts, $add, 0);
    }
}
