<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;

/** Tickets of a client, and the service or order that each is about. */
final readonly class Tickets
{
    /** What the host's own relation to an order is called. */
    private const ORDER = 'order';

    public function __construct(private Fossbilling $host)
    {
    }

    /** @return array<string, mixed> */
    public function list(Fields $request): array
    {
        $rows = $this->host->sql->rows(
            'SELECT * FROM support_ticket WHERE client_id = ? ORDER BY updated_at DESC, id DESC LIMIT ?',
            [$request->id('clientId'), $request->int('limit', 1, 200, 50)],
        );
        return ['tickets' => array_map(TicketView::of(...), $rows)];
    }

    /**
     * Sets the relation that the host itself shows on the ticket, where it has none yet. The API cannot: there it is
     * fixed when the ticket is opened.
     *
     * @return array<string, mixed>
     */
    public function link(Fields $request): array
    {
        $ticket = $this->host->sql->row('SELECT * FROM support_ticket WHERE id = ?', [$request->id('ticketId')])
            ?? throw new HostError(HostErrorCode::NotFound, 'The host has no such ticket.');
        $orderId = $request->nullableText('serviceId') ?? $request->nullableText('orderId')
            ?? throw new HostError(HostErrorCode::BadRequest, 'Say which service or order the ticket belongs to.');
        $row = $this->host->rows->find($orderId);
        if ($row === null || $row->clientId !== (string) $ticket['client_id']) {
            throw new HostError(HostErrorCode::NotFound, 'This client has no such service or order.');
        }
        $other = (string) ($ticket['rel_type'] ?? '');
        // A ticket that asks for an upgrade or a cancellation keeps what it asks for.
        if ($other !== '' && ($other !== self::ORDER || (string) ($ticket['rel_task'] ?? '') !== '')) {
            throw new HostError(HostErrorCode::Conflict, 'This ticket belongs to something else in the host.');
        }
        $this->host->sql->run(
            'UPDATE support_ticket SET rel_type = ?, rel_id = ? WHERE id = ?',
            [self::ORDER, $row->id, (string) $ticket['id']],
        );
        return ['ticket' => $this->host->ticket($ticket['id'])];
    }
}
