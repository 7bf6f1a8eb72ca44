<?php

declare(strict_types=1);

use Box\Mod\Reseller\Bridge\HostError;

/** The signed calls that look through the host's own rows. */
function callsOfModule(Checks $checks): void
{
    $checks->that('differences are answered alone', function (): void {
        $host = shop();
        $right = staffOrder($host);
        $edited = staffOrder($host);
        $gone = staffOrder($host);
        $host->pdo->exec("UPDATE client_order SET price = 10, quantity = 3 WHERE id = {$edited}");
        $host->pdo->exec("DELETE FROM client_order WHERE id = {$gone}");
        $invoice = $host->issue(RESELLER, 'USD', [renewal($right, 8.0)]);
        $host->pdo->exec("UPDATE invoice_item SET price = 7 WHERE invoice_id = {$invoice}");
        $first = ask($host, 'differences.read', []);
        Checks::same([['recurring_changed', '8.00', '10.00'], ['quantity_changed', '1', '3'], ['service_gone', '8.00', null]], array_map(
            static fn (array $found): array => [$found['kind'], $found['expected'], $found['actual']],
            $first['differences'],
        ));
        $second = ask($host, 'differences.read', ['cursor' => $first['cursor']]);
        Checks::hasAll([['kind' => 'invoice_line_changed', 'invoiceId' => $invoice, 'expected' => '8.00', 'actual' => '7.00']], $second['differences']);
        Checks::same(null, $second['cursor']);
    });

    $checks->that('income is summed by day and currency, refunds off, top-ups out', function (): void {
        $host = shop();
        $paid = static function (string $at, string $currency, string $status, array $items) use ($host): void {
            $id = $host->add('invoice', ['client_id' => PLAIN, 'currency' => $currency, 'status' => $status, 'paid_at' => $at]);
            foreach ($items as [$type, $price, $quantity]) {
                $host->add('invoice_item', ['invoice_id' => $id, 'type' => $type, 'price' => $price, 'quantity' => $quantity]);
            }
        };
        $paid('2027-01-01 23:59:59', 'USD', 'paid', [['order', 0.1, 3], ['custom', 0.2, 1]]);
        $paid('2027-01-02 00:00:00', 'USD', 'paid', [['order', 8, 2], ['deposit', 100, 1]]);
        $paid('2027-01-02 12:00:00', 'USD', 'refunded', [['order', -8, 1]]);
        $paid('2027-01-02 12:00:00', 'EUR', 'paid', [['order', 7.2, null]]);
        $paid('2027-01-03 00:00:00', 'USD', 'paid', [['order', 1, 1]]);
        $paid('2027-01-02 12:00:00', 'USD', 'unpaid', [['order', 1, 1]]);
        $day = static fn (string $day, string $currency, string $amount) => ['day' => $day, 'currency' => $currency, 'digits' => 2, 'amount' => $amount];
        Checks::same(
            ['tax' => 'net', 'days' => [$day('2027-01-01', 'USD', '0.50'), $day('2027-01-02', 'EUR', '7.20'), $day('2027-01-02', 'USD', '8.00')]],
            ask($host, 'income.read', ['from' => '2027-01-01', 'until' => '2027-01-03']),
        );
    });

    $checks->that('tickets are listed newest first and linked to a service of their client only', function (): void {
        $host = shop();
        $order = staffOrder($host);
        $ticket = $host->add('support_ticket', ['client_id' => RESELLER, 'subject' => 'Help', 'status' => 'on_hold', 'updated_at' => '2027-01-01 00:00:00']);
        $host->add('support_ticket', ['client_id' => RESELLER, 'subject' => 'New', 'status' => 'open', 'updated_at' => '2027-01-02 00:00:00']);
        $other = $host->add('support_ticket', ['client_id' => PLAIN, 'subject' => 'Other', 'status' => 'open', 'updated_at' => '2027-01-02 00:00:00']);
        $listed = ask($host, 'tickets.list', ['clientId' => (string) RESELLER])['tickets'];
        Checks::same([['New', 'open'], ['Help', 'answered']], array_map(static fn ($seen) => [$seen['subject'], $seen['status']], $listed));
        ask($host, 'tickets.link', ['ticketId' => $ticket, 'serviceId' => $order, 'orderId' => null]);
        Checks::same((int) $order, $host->rows("SELECT rel_id FROM support_ticket WHERE id = {$ticket}")[0]['rel_id']);
        Checks::throws(HostError::class, fn () => ask($host, 'tickets.link', ['ticketId' => $other, 'serviceId' => $order, 'orderId' => null]));
        $host->fire('onAfterClientOpenTicket', ['id' => $ticket]);
        $host->fire('onAfterAdminReplyTicket', ['id' => $other]);
        Checks::same(['order.created', 'ticket.opened'], told($host));
    });

    $checks->that('changes are read by a cursor, and describe says what is wrong', function (): void {
        $host = shop([], [], false);
        staffOrder($host);
        $page = ask($host, 'changes.read', ['cursor' => '', 'limit' => 1]);
        Checks::same(['order.created'], array_column($page['events'], 'type'));
        Checks::same(['events' => [], 'cursor' => $page['cursor']], ask($host, 'changes.read', ['cursor' => $page['cursor'], 'limit' => 5]));
        $about = ask($host, 'describe', []);
        Checks::same([['code' => 'native_checkout_gone', 'message' => 'It is gone.']], $about['problems']);
        Checks::same(false, in_array('nativeCheckout', $about['capabilities'], true));
    });

    $checks->that('describe reports what the doctor judges, and each fault of it', function (): void {
        $host = shop();
        $wrong = ask($host, 'describe', [])['health'];
        Checks::same([null, false, true, false], [$wrong['cronAt'], $wrong['hooksConnected'], $wrong['callsLimited'], $wrong['addonsListed']]);
        Checks::same(['enabled' => true, 'works' => true, 'reason' => null], $wrong['nativeCheckout']);
        Checks::same($host->store->readHead()->revision, $wrong['priceRevision']);
        Checks::same(['waiting' => 0, 'oldestSeconds' => null, 'parked' => 0], $wrong['outbox']);
        staffOrder($host);
        $host->orderSettings = ['show_addons' => '1'];
        $host->add('setting', ['param' => 'last_cron_exec', 'value' => '2027-01-01 00:05:00']);
        FOSSBilling\Config::$others['rate_limiter'] = ['whitelist_ips' => ['10.0.0.7']];
        foreach (get_class_methods(Box\Mod\Reseller\Service::class) as $listener) {
            if (str_starts_with($listener, 'on') && $listener !== 'onAfterAdminCronRun') {
                $host->add('extension_meta', ['extension' => 'mod_hook', 'rel_type' => 'mod', 'rel_id' => 'reseller', 'meta_key' => 'listener', 'meta_value' => $listener]);
            }
        }
        $health = static fn (): array => ask($host, 'describe', [])['health'];
        Checks::same(false, $health()['hooksConnected']);
        $host->add('extension_meta', ['extension' => 'mod_hook', 'rel_type' => 'mod', 'rel_id' => 'reseller', 'meta_key' => 'listener', 'meta_value' => 'onAfterAdminCronRun']);
        $right = $health();
        FOSSBilling\Config::$others = [];
        Checks::same(['2027-01-01T00:05:00Z', true, false, true], [$right['cronAt'], $right['hooksConnected'], $right['callsLimited'], $right['addonsListed']]);
        Checks::same([1, 0], [$right['outbox']['waiting'], $right['outbox']['parked']]);
        Checks::same(true, abs(time() - strtotime($right['clock'])) < 5);
    });

    $checks->that('a trial order is priced as at the till', function (): void {
        $host = shop();
        $plan = ['product' => (string) PLAN, 'term' => '1M', 'quantity' => 2, 'options' => []];
        $check = static fn (int $client, array $line): array => ask($host, 'prices.check', ['clientId' => (string) $client, 'currency' => 'USD', 'lines' => [$line]]);
        $sold = $check(RESELLER, $plan);
        Checks::same(['wholesale', [['unitPrice' => '8.00', 'price' => '16.00', 'setup' => '4.00', 'renewal' => '8.00']]], [$sold['decision'], $sold['lines']]);
        Checks::same(['retail', []], [$check(PLAIN, $plan)['decision'], $check(PLAIN, $plan)['lines']]);
        $refused = $check(RESELLER, ['product' => '9'] + $plan);
        Checks::same(['refused', null], [$refused['decision'], $refused['listHash']]);
        Checks::same([], told($host));
    });

    $checks->that('the newest published lock is the one of its row, its table and its renewal', function (): void {
        $host = shop();
        $order = staffOrder($host);
        activate($host, $order);
        $read = static fn (): array => [
            Box\Mod\Reseller\Host\Fossbilling::of($host->di)->rows->find($order)->lock()->unitPrice,
            $host->store->readLock($order)->unitPrice,
        ];
        Checks::same(['8.00', '8.00'], $read());
        $lock = $host->store->readLock($order)->jsonSerialize();
        $publish = static fn (array $changes): int => ask($host, 'locks.publish', ['locks' => [$changes + $lock]])['written'];
        Checks::same(1, $publish(['unitPrice' => '5.00', 'lockedAt' => '2099-01-01T00:00:00Z']));
        Checks::same(0, $publish(['unitPrice' => '4.00', 'lockedAt' => '2098-01-01T00:00:00Z']));
        Checks::same(['5.00', '5.00'], $read());
        // What was ordered stays: it is what the first invoice is compared with.
        Checks::same('8.00', Box\Mod\Reseller\Host\Fossbilling::of($host->di)->rows->find($order)->note->line->unitPrice);
        // One of another owner goes into the table alone, where nothing is charged by it.
        Checks::same(1, $publish(['unitPrice' => '1.00', 'clientId' => (string) PLAIN, 'lockedAt' => '2099-02-01T00:00:00Z']));
        Checks::same(['5.00', '1.00'], $read());
    });

    $checks->that('an invoice that was called paid and never sent is found', function (): void {
        $host = shop();
        $order = staffOrder($host);
        $paid = static fn (string $at, string $created): string => $host->add('invoice', ['client_id' => RESELLER, 'currency' => 'USD',
            'status' => 'paid', 'approved' => 1, 'created_at' => $created, 'paid_at' => $at]);
        $now = date('Y-m-d H:i:s');
        $invoice = $paid($now, $now);
        $host->add('invoice_item', ['invoice_id' => $invoice] + renewal($order, 10.0));
        $right = $paid($now, $now);
        $host->add('invoice_item', ['invoice_id' => $right] + renewal($order, 8.0));
        // Before there was a lock, and longer ago than reconcile looks: both are as they should be.
        $before = $paid($now, '2020-01-01 00:00:00');
        $host->add('invoice_item', ['invoice_id' => $before] + renewal($order, 10.0));
        $host->add('invoice_item', ['invoice_id' => $before, 'type' => 'custom', 'title' => 'Discount', 'price' => -1, 'quantity' => 1]);
        $old = $paid('2020-01-01 00:00:00', '2020-01-01 00:00:00');
        $host->add('invoice_item', ['invoice_id' => $old] + renewal($order, 10.0));
        $found = ask($host, 'differences.read', ['cursor' => 'invoice:0'])['differences'];
        Checks::same([[$invoice, '8.00', '10.00', true]], array_map(
            static fn (array $one): array => [$one['invoiceId'], $one['expected'], $one['actual'], $one['paid']],
            $found,
        ));
    });
}
