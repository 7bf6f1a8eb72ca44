<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Bridge\Event;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\OrderRow;

/** Writes events into the outbox, each with what it is about as that is now. They leave after the answer, or by cron. */
final class Tell
{
    /** @var array<string, int> version that was told last, by aggregate */
    private static array $versions = [];

    /** @param array<string, mixed>|null $client null: it is gone, and nothing can be said */
    public static function client(Fossbilling $host, string $type, ?array $client): void
    {
        if ($client !== null) {
            self::write($host, "client.{$type}", 'client', $client['id'], ['client' => $client]);
        }
    }

    /** @param array<string, mixed> $order */
    public static function order(Fossbilling $host, string $type, array $order): void
    {
        self::write($host, "order.{$type}", 'order', $order['id'], ['order' => $order]);
    }

    /** @param array<string, mixed> $service */
    public static function service(Fossbilling $host, string $type, array $service): void
    {
        self::write($host, "service.{$type}", 'service', $service['id'], ['service' => $service]);
    }

    /** A service as it is now, with its lock in the status that goes with it. */
    public static function row(Fossbilling $host, string $type, OrderRow $row): void
    {
        self::lock($host, $row->id, $row->lockStatus());
        self::service($host, $type, $host->service($row));
    }

    public static function lock(Fossbilling $host, string $serviceId, string $status): void
    {
        $lock = $host->store()->readLock($serviceId);
        if ($lock !== null && $lock->status !== $status && $lock->status !== 'replaced') {
            $host->store()->writeLock($lock->withStatus($status, Moment::now()));
        }
    }

    /**
     * @param array<string, mixed> $invoice
     * @param array<string, mixed> $beside payment or refund
     */
    public static function invoice(Fossbilling $host, string $type, array $invoice, array $beside = []): void
    {
        self::write($host, "invoice.{$type}", 'invoice', $invoice['id'], ['invoice' => $invoice] + $beside);
    }

    /** @param array<string, mixed>|null $ticket */
    public static function ticket(Fossbilling $host, string $type, ?array $ticket): void
    {
        if ($ticket !== null) {
            self::write($host, "ticket.{$type}", 'ticket', $ticket['id'], ['ticket' => $ticket]);
        }
    }

    /** Prices or the offer changed; the host does not say which. */
    public static function catalogue(Fossbilling $host): void
    {
        self::write($host, 'catalogue.changed', 'catalogue', 'catalogue', ['products' => null]);
    }

    /** @param array<string, mixed> $data */
    private static function write(Fossbilling $host, string $type, string $about, string $id, array $data): void
    {
        $now = Moment::now();
        // The host's rows have no versions, and several changes within a second: the moment of telling counts.
        $version = self::$versions["{$about}:{$id}"] = max($now, (self::$versions["{$about}:{$id}"] ?? 0) + 1);
        $host->store()->appendEvent(Event::make($type, $about, $id, $version, $data, $now));
        AfterAnswer::deliver($host);
    }
}
