<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Bridge;

/** The contract between a host's bridge and the plugin: its version and names. */
final class Contract
{
    /** Version that this bridge speaks (semver). Within a major only optional fields are added. */
    public const VERSION = '1.0';

    /** Most events in one delivery. */
    public const MAX_EVENTS = 100;

    /** Most chunks in one pull. */
    public const MAX_CHUNKS = 50;

    /** Every call of the host port. Over HTTP a call is POST …/bridge/v1/<name>. */
    public const CALLS = [
        'describe',
        'catalogue.read',
        'clients.list',
        'paymentMethods.list',
        'orders.place',
        'orders.find',
        'orders.list',
        'orders.cancel',
        'services.list',
        'services.pin',
        'invoices.issue',
        'invoices.list',
        'invoices.correctLine',
        'credit.read',
        'credit.add',
        'income.read',
        'tickets.list',
        'tickets.link',
        'notices.send',
        'changes.read',
        'prices.check',
        'prices.publish',
        'locks.publish',
        'differences.read',
    ];

    /** Every event that a bridge tells. */
    public const EVENTS = [
        'client.created',
        'client.updated',
        'client.closed',
        'catalogue.changed',
        'order.created',
        'order.cancelled',
        'invoice.issued',
        'invoice.cancelled',
        'invoice.paid',
        'invoice.refunded',
        'service.provisioned',
        'service.failed',
        'service.suspended',
        'service.unsuspended',
        'service.terminated',
        'service.renewed',
        'service.changed',
        'ticket.opened',
        'ticket.updated',
    ];

    /** What an event can be about. */
    public const AGGREGATES = ['client', 'catalogue', 'order', 'invoice', 'service', 'ticket'];

    /** True if a message that states this version can be read here. */
    public static function accepts(string $version): bool
    {
        return $version === '1' || str_starts_with($version, '1.');
    }
}
