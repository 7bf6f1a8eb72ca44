<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

/** A ticket by its title, as tickets.ts makes it. */
final class TicketView
{
    /**
     * @param array<string, mixed> $ticket row of the host
     * @return array<string, mixed>
     */
    public static function of(array $ticket): array
    {
        return [
            'id' => (string) $ticket['id'],
            'clientId' => ($ticket['client_id'] ?? null) === null ? 'guest' : (string) $ticket['client_id'],
            'subject' => Cut::to(300, $ticket['subject'] ?? null),
            // The host puts a ticket on hold when staff answer it, and opens it when the client does.
            'status' => match ($ticket['status'] ?? null) {
                'closed' => 'closed',
                'on_hold' => 'answered',
                default => 'open',
            },
            'updatedAt' => HostTime::moment($ticket['updated_at'] ?? null)
                ?? HostTime::moment($ticket['created_at'] ?? null)
                ?? HostTime::UNKNOWN,
            'url' => "/support/ticket/{$ticket['id']}",
        ];
    }
}
