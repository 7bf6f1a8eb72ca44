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
}
