<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Host;

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Money;
use Box\Mod\Reseller\Bridge\OrderItem;
use Box\Mod\Reseller\Bridge\PricedLine;
use Box\Mod\Reseller\Bridge\PriceLock;

/**
 * locks.publish: the newer lock of a service wins, in our table and in the note on its row, which lists of the host are
 * read with. A renewal is made from the row and set to the table's lock by the guard.
 */
final readonly class TakeLocks
{
    public function __construct(private Fossbilling $host)
    {
    }

    /** @return array{written: int} */
    public function take(Fields $request): array
    {
        $locks = array_map(PriceLock::read(...), $request->objects('locks', 500));
        return ['written' => $this->host->sql->transaction(function () use ($locks): int {
            $written = array_filter($locks, fn (PriceLock $lock): bool => $this->host->store()->writeLock($lock));
            $rows = $this->host->rows->ofIds(array_column($written, 'serviceId'));
            foreach ($written as $lock) {
                $row = $rows[$lock->serviceId] ?? null;
                if ($row !== null && self::isOf($lock, $row)) {
                    $this->host->rows->writeNote($row->id, self::noteOf($row)->withLock($lock));
                }
            }
            return count($written);
        })];
    }

    /**
     * A lock that ended says nothing about renewals; one of another owner or currency was not agreed for this row. A row
     * that nothing was charged for yet and that has no note gets none here: what its first term costs is not agreed.
     */
    private static function isOf(PriceLock $lock, OrderRow $row): bool
    {
        return $lock->holds()
            && ($row->note !== null || !$row->isFresh())
            && $lock->clientId === $row->clientId
            && $lock->currency === $row->currency
            && $lock->quantity === $row->quantity;
    }

    /** The note of a row, or a new one for a row that was sold past us. */
    private static function noteOf(OrderRow $row): LineNote
    {
        if ($row->note !== null) {
            return $row->note;
        }
        $digits = $row->digits();
        $unit = HostMoney::text($row->price, $digits);
        $price = Money::format(Money::times(Money::stored($unit, $digits), $row->quantity), $digits);
        $item = new OrderItem($row->product(), $row->term(), $row->quantity, [], null, $row->domain());
        $renewal = $row->period === null ? null : $unit;
        return new LineNote(new PricedLine($item, $unit, $price, Money::format(0, $digits), $renewal, []), null, null);
    }
}
