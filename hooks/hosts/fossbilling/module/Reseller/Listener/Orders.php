<?php

declare(strict_types=1);

namespace Box\Mod\Reseller\Listener;

use Box\Mod\Reseller\Host\Fossbilling;
use Box\Mod\Reseller\Host\HostTable;

/** What happens to a reseller's rows after they were ordered. */
final class Orders
{
    /** @var array<string, array{order: array<string, mixed>, service: array<string, mixed>, ran: bool}> by row */
    private static array $deleted = [];

    /** Something was done to a service: told with the service as it is now. */
    public static function service(\Box_Event $event, string $type): void
    {
        $tell = static function (Fossbilling $host, string $id) use ($type): void {
            $row = $host->rows->find($id);
            if ($row !== null) {
                SetUp::ended($id);
                Tell::row($host, $type, $row);
            }
        };
        After::ofReseller($event, HostTable::Order, $tell);
    }

    /** Staff edited a row. An order that never ran and is called cancelled now is one. */
    public static function updated(\Box_Event $event): void
    {
        After::ofReseller($event, HostTable::Order, static function (Fossbilling $host, string $id): void {
            $row = $host->rows->find($id);
            if ($row === null || !$host->rows->isWhole($row)) {
                return;
            }
            // What waits for its payment is no service yet; the plugin switches renewals on in every row that it makes.
            if ($row->activatedAt !== null || $row->serviceStatus() !== 'pending') {
                Tell::row($host, 'changed', $row);
            }
            $order = $host->order($row);
            if ($order['status'] === 'cancelled' && $row->activatedAt === null) {
                Tell::order($host, 'cancelled', $order);
            }
        });
    }

    /** What will be gone is looked at before. */
    public static function beforeDelete(\Box_Event $event): void
    {
        After::ofReseller($event, HostTable::Order, static function (Fossbilling $host, string $id): void {
            $row = $host->rows->find($id);
            if ($row !== null) {
                $ran = $row->activatedAt !== null;
                self::$deleted[$id] = ['order' => $host->order($row), 'service' => $host->service($row), 'ran' => $ran];
            }
        });
    }

    public static function deleted(\Box_Event $event): void
    {
        After::run($event, static function (Fossbilling $host) use ($event): void {
            $id = (string) ($event->getParameters()['id'] ?? '');
            $gone = self::$deleted[$id] ?? null;
            unset(self::$deleted[$id]);
            if ($gone === null) {
                return;
            }
            Tell::lock($host, $id, 'ended');
            $lock = $gone['service']['lock'];
            $ended = ['status' => 'cancelled', 'lock' => $lock?->withStatus('ended', (int) (microtime(true) * 1000))];
            Tell::service($host, 'terminated', $ended + $gone['service']);
            if (!$gone['ran'] && count($gone['order']['lines']) === 1) {
                Tell::order($host, 'cancelled', ['status' => 'cancelled'] + $gone['order']);
            }
        });
    }
}
