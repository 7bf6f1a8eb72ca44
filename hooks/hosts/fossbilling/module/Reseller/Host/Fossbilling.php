<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\IndexEntry;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PdoStore;
use Box\Mod\Reseller\Bridge\RefusedVerdict;
use Box\Mod\Reseller\Bridge\Sql;
use Box\Mod\Reseller\Installation;

/** The host of one request, as far as resellers are concerned. What is asked once is kept for the request. */
final class Fossbilling
{
    /** @var \WeakMap<\Pimple\Container, self>|null */
    private static ?\WeakMap $known = null;

    public readonly Sql $sql;
    public readonly OrderRows $rows;
    public readonly Invoices $invoices;

    /** @var array<array-key, true> orders that were told as new in this request, by the id of each row they were told by */
    public array $told = [];

    /** @var array<string, Wholesale> prices that this request sells at, by client and currency */
    private array $agreed = [];

    /** @var array<array-key, IndexEntry|null> by client */
    private array $entries = [];

    private function __construct(public readonly \Pimple\Container $di)
    {
        $this->sql = new Sql($this->installation()->pdo());
        $this->rows = new OrderRows($this->sql);
        $this->invoices = new Invoices($this->sql, $this->rows);
    }

    public static function of(\Pimple\Container $di): self
    {
        self::$known ??= new \WeakMap();
        return self::$known[$di] ??= new self($di);
    }

    public function installation(): Installation
    {
        return Installation::of($this->di);
    }

    public function store(): PdoStore
    {
        return $this->installation()->store();
    }

    /**
     * What the price index says of a client; null for everybody who is no reseller. One look-up by key, and none at all
     * for a visitor. Not through `store()`: for ordinary clients nothing else is to be read.
     */
    public function reseller(mixed $clientId): ?IndexEntry
    {
        if ($clientId === null || $clientId === '' || (int) $clientId === 0) {
            return null;
        }
        $id = (string) $clientId;
        if (!array_key_exists($id, $this->entries)) {
            $row = $this->sql->row('SELECT json FROM mod_reseller_entry WHERE client_id = ?', [$id]);
            $this->entries[$id] = $row === null ? null : IndexEntry::of(Json::read($row['json']));
        }
        return $this->entries[$id];
    }

    /** The reseller that a row of the host belongs to, in one look-up; null when it belongs to anybody else. */
    public function resellerOf(HostTable $table, mixed $id): ?IndexEntry
    {
        if ($id === null || (int) $id === 0) {
            return null;
        }
        // Text on both sides: a key that is compared with a number is not found by its index.
        $row = $this->sql->row(
            "SELECT e.client_id, e.json FROM {$table->value} t
            JOIN mod_reseller_entry e ON e.client_id = CAST(t.{$table->clientColumn()} AS CHAR) WHERE t.id = ?",
            [(string) $id],
        );
        if ($row === null) {
            return null;
        }
        return $this->entries[(string) $row['client_id']] = IndexEntry::of(Json::read($row['json']));
    }

    /** Prices that an order of this request is made at: should the list move meanwhile, they stay. */
    public function agree(IndexEntry $entry, Wholesale $prices): void
    {
        $this->agreed["{$entry->clientId} {$prices->currency}"] = $prices;
    }

    /** What a reseller pays now. As Wholesale::of. */
    public function wholesale(IndexEntry $entry, string $currency): Wholesale|RefusedVerdict|null
    {
        return $this->agreed["{$entry->clientId} {$currency}"]
            ?? Wholesale::of($this->store(), $entry, $currency, null, Moment::now());
    }

    /** After price lists were pulled: who is a reseller may have changed. */
    public function forget(): void
    {
        $this->entries = [];
        $this->agreed = [];
    }

    /** @return array<string, mixed>|null */
    public function client(mixed $id): ?array
    {
        $row = $this->sql->row('SELECT * FROM client WHERE id = ?', [(string) $id]);
        return $row === null ? null : ClientView::of($row, (string) $row['currency'] === '' ? $this->baseCurrency() : '');
    }

    /** @return array<string, mixed>|null */
    public function ticket(mixed $id): ?array
    {
        $row = $this->sql->row('SELECT * FROM support_ticket WHERE id = ?', [(string) $id]);
        return $row === null ? null : TicketView::of($row);
    }

    /** @return array<string, mixed> */
    public function service(OrderRow $row): array
    {
        return ServiceView::of($row, $this->rows->orderIds([$row])[$row->id]);
    }

    /** @return array<string, mixed> */
    public function order(OrderRow $row, ?string $invoiceId = null): array
    {
        $rows = $this->rows->ofOrder($row);
        return OrderView::of($rows === [] ? [$row] : $rows, $invoiceId, $this->rates());
    }

    /** @return array<string, float> what the host multiplies its own prices by, for each currency */
    public function rates(): array
    {
        $rows = $this->sql->rows('SELECT code, conversion_rate FROM currency');
        return array_map(floatval(...), array_column($rows, 'conversion_rate', 'code'));
    }

    public function baseCurrency(): string
    {
        $row = $this->sql->row('SELECT code FROM currency ORDER BY is_default DESC, id');
        return (string) ($row['code'] ?? 'USD');
    }
}
