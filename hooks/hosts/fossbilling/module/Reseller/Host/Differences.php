<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\HostError;
use Box\Mod\Reseller\Bridge\HostErrorCode;
use Box\Mod\Reseller\Bridge\Json;
use Box\Mod\Reseller\Bridge\PriceLock;

/**
 * What the host holds otherwise than the table of locks says. All of it is looked at inside the host; only what differs
 * is answered. A page looks at a limited number of rows, so that it never takes long; the cursor goes on from there.
 */
final readonly class Differences
{
    /** Locks that one page looks at. */
    private const LOCKS = 5_000;

    public function __construct(private Fossbilling $host)
    {
    }

    /** @return array{differences: list<array<string, mixed>>, cursor: string|null} */
    public function read(Fields $request): array
    {
        $cursor = $request->has('cursor') ? $request->text('cursor') : 'lock:';
        if (str_starts_with($cursor, 'lock:')) {
            return $this->locks(substr($cursor, 5));
        }
        if (preg_match('/^invoice:(\d{1,15})$/D', $cursor, $part) === 1) {
            return (new InvoiceDifferences($this->host))->read((int) $part[1]);
        }
        throw new HostError(HostErrorCode::BadRequest, 'This cursor is not from here.');
    }

    /** @return array{differences: list<array<string, mixed>>, cursor: string|null} */
    private function locks(string $after): array
    {
        $rows = $this->host->sql->rows(
            'SELECT l.service_id, l.json, o.id, o.client_id, o.price, o.quantity, o.currency, o.status, o.service_type
            FROM mod_reseller_lock l LEFT JOIN client_order o ON o.id = CAST(l.service_id AS UNSIGNED)
            WHERE l.service_id > ? ORDER BY l.service_id LIMIT ?',
            [$after, self::LOCKS],
        );
        $found = [];
        foreach ($rows as $row) {
            $lock = PriceLock::read(Fields::of(Json::read($row['json'])));
            $found = $lock->holds() ? [...$found, ...self::service($lock, $row)] : $found;
        }
        $last = $rows === [] ? null : (string) $rows[count($rows) - 1]['service_id'];
        $next = count($rows) < self::LOCKS ? 'invoice:0' : "lock:{$last}";
        return ['differences' => $found, 'cursor' => $next];
    }

    /**
     * @param array<string, mixed> $row
     * @return list<array<string, mixed>>
     */
    private static function service(PriceLock $lock, array $row): array
    {
        $about = ['clientId' => $lock->clientId, 'serviceId' => $lock->serviceId, 'currency' => $lock->currency];
        if ($row['id'] === null) {
            return [['kind' => 'service_gone', 'expected' => $lock->unitPrice, 'actual' => null] + $about];
        }
        $found = [];
        $digits = HostMoney::digits($lock->currency);
        $actual = HostMoney::text($row['price'], $digits);
        $moved = (string) $row['client_id'] !== $lock->clientId || $row['currency'] !== $lock->currency;
        if ($moved) {
            $found[] = ['kind' => 'service_moved', 'expected' => null, 'actual' => null] + $about;
        }
        // A domain's row holds what its first term cost; the guard sets its renewals.
        $isDomain = $row['service_type'] === 'domain';
        $isSame = HostMoney::minor($lock->unitPrice, $digits) === HostMoney::minor($row['price'], $digits);
        if (!$moved && !$isDomain && !$isSame) {
            $found[] = ['kind' => 'recurring_changed', 'expected' => $lock->unitPrice, 'actual' => $actual] + $about;
        }
        $quantity = max(1, (int) $row['quantity']);
        if ($quantity !== $lock->quantity) {
            $counts = ['expected' => (string) $lock->quantity, 'actual' => (string) $quantity];
            $found[] = ['kind' => 'quantity_changed'] + $counts + $about;
        }
        if ($row['status'] === 'canceled') {
            $found[] = ['kind' => 'status_changed', 'expected' => $lock->status, 'actual' => 'cancelled'] + $about;
        }
        return $found;
    }
}
