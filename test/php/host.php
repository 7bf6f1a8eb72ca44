<?php

declare(strict_types=1);

// The module's own listeners in a stub of their host: php host.php <cases.json>, the shared vectors as export-rows.ts
// makes them.

use Box\Mod\Reseller\Bridge\Fields;
use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PriceLock;
use Box\Mod\Reseller\Host\CallHandlers;
use Box\Mod\Reseller\Host\Fossbilling;
use FOSSBilling\InformationException;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';
require __DIR__ . '/host-classes.php';
require __DIR__ . '/TestHost.php';
require __DIR__ . '/host-vectors.php';

const RESELLER = 42;
const PLAIN = 43;
const EURO = 44;
const PLAN = 2;
const EXTRA = 3;
const DOMAIN = 1;

/** @param array<string, array{string, string}> $prices price and setup fee by "component term currency" */
function chunk(string $product, array $prices, string $kind = 'base'): array
{
    $components = array_unique(array_map(static fn (string $key): string => explode(' ', $key)[0], array_keys($prices)));
    $rows = [];
    foreach ($prices as $key => [$price, $setup]) {
        [$component, $term, $currency] = explode(' ', $key);
        foreach (['price' => $price, 'setup' => $setup] as $charge => $amount) {
            $rows[] = ['component' => $component, 'term' => $term, 'currency' => $currency, 'charge' => $charge, 'retail' => '99.00',
                'wholesale' => $amount, 'source' => 'tier', 'bp' => null, 'adjusted' => null];
        }
    }
    return ['hash' => 'sha256:' . hash('sha256', $product . json_encode($rows)), 'product' => $product,
        'components' => array_map(static fn (string $id): array => ['id' => $id, 'kind' => $kind], array_values($components)),
        'rows' => $rows, 'omitted' => []];
}

/** @param array<string, mixed> $entry @param array<string, mixed> $index */
function shop(array $entry = [], array $index = [], bool $native = true): TestHost
{
    $host = new TestHost();
    foreach ([DOMAIN => ['domain', 11.99, 0], PLAN => ['custom', 10, 5], EXTRA => ['custom', 4, 0], 9 => ['custom', 7, 0]] as $id => [$type, $price, $setup]) {
        $payment = $host->add('product_payment', ['id' => $id, 'type' => 'recurrent', 'm_price' => $price, 'm_setup_price' => $setup]);
        $host->add('product', ['id' => $id, 'type' => $type, 'title' => "P{$id}", 'product_payment_id' => $payment]);
    }
    $host->pull([
        PLAN => chunk((string) PLAN, ['base 1M USD' => ['8.00', '4.00'], 'base 1M EUR' => ['7.20', '3.60']]),
        EXTRA => chunk((string) EXTRA, ['base 1M USD' => ['3.20', '0.00'], 'base 1M EUR' => ['2.88', '0.00']], 'addon'),
        'domain:.com' => chunk('domain:.com', ['register 1Y USD' => ['9.59', '0.00'], 'renew 1Y USD' => ['9.00', '0.00'],
            'transfer 1Y USD' => ['8.88', '0.00']], 'domain'),
    ], [RESELLER => $entry, EURO => $entry], $index);
    $host->native($native);
    return $host;
}

/** @return list<array{product: int, config: array<string, mixed>}> */
function cart(): array
{
    return [
        ['product' => PLAN, 'config' => ['period' => '1M', 'quantity' => 2]],
        ['product' => EXTRA, 'config' => ['period' => '1M', 'quantity' => 1]],
    ];
}

/** A row that staff made, and the host's events about it. @param array<string, mixed> $row */
function staffOrder(TestHost $host, array $row = []): string
{
    $host->fire('onBeforeAdminOrderCreate', ['client_id' => RESELLER, 'product_id' => PLAN, 'period' => '1M', 'quantity' => 1]);
    $id = $host->add('client_order', $row + ['client_id' => RESELLER, 'product_id' => PLAN, 'group_id' => uniqid(), 'group_master' => 1,
        'invoice_option' => 'no-invoice', 'title' => 'Plan', 'currency' => 'USD', 'service_type' => 'custom', 'period' => '1M',
        'quantity' => 1, 'price' => 10.0, 'status' => 'pending_setup', 'config' => '{"period":"1M"}', 'created_at' => date('Y-m-d H:i:s')]);
    $host->fire('onAfterAdminOrderCreate', ['id' => $id]);
    return $id;
}

function activate(TestHost $host, string $order): void
{
    $host->fire('onBeforeAdminOrderActivate', ['id' => $order]);
    $host->pdo->exec("UPDATE client_order SET status = 'active', activated_at = '2027-01-01 00:00:00' WHERE id = {$order}");
    $host->fire('onAfterAdminOrderActivate', ['id' => $order]);
}

/** @return array<string, mixed> a line that renews a row at a price */
function renewal(string $order, float $price, int $quantity = 1): array
{
    return ['type' => 'order', 'rel_id' => $order, 'task' => 'renew', 'title' => 'Plan', 'quantity' => $quantity, 'unit' => 'product', 'price' => $price];
}

/** @return list<string> types of the events so far */
function told(TestHost $host): array
{
    return array_column($host->events(), 'type');
}

function refused(string $words, callable $work): void
{
    $message = Checks::throws(InformationException::class, $work)->getMessage();
    Checks::same(true, str_contains($message, $words) ?: $message);
}

function ask(TestHost $host, string $call, array $request): array
{
    return json_decode(json_encode(CallHandlers::of($host->di)[$call](Fields::of($request))), true);
}

$checks = new Checks();

foreach ([true, false] as $native) {
    $how = $native ? 'by the seam' : 'without the seam';
    $checks->that("a reseller in the shop pays wholesale {$how}", function () use ($native): void {
        $host = shop([], [], $native);
        $bought = $host->checkout(RESELLER, cart(), null, 25.0);
        Checks::same('23.20', $host->total($bought['invoice']));
        Checks::same(['8.00', '3.20'], array_map($host->price(...), $bought['orders']));
        // Without the seam the host decides on account credit before anybody can set the lines right.
        Checks::same($native, $bought['credit']);
        $locks = array_map(static fn (PriceLock $lock) => [$lock->serviceId, $lock->unitPrice, $lock->quantity, $lock->status], $host->store->readLocks('42'));
        Checks::same([['1', '8.00', 2, 'pending'], ['2', '3.20', 1, 'pending']], $locks);
        Checks::same(['order.created', 'invoice.issued'], told($host));
        $order = $host->events()[0]['data']['order'];
        Checks::hasAll(['id' => '1', 'status' => 'pending', 'placedBy' => 'shop', 'invoiceId' => '1'], $order);
        Checks::same(['16.00', '3.20'], array_column($order['lines'], 'price'));
        Checks::same(['4.00', '0.00'], array_column($order['lines'], 'setup'));
        Checks::same(2, count($order['locks']));
        $lines = $host->events()[1]['data']['invoice']['lines'];
        Checks::same(['product', 'setup', 'product'], array_column($lines, 'kind'));
        Checks::same(['16.00', '4.00', '3.20'], array_column($lines, 'net'));
        Checks::same([], $host->logged);
    });
}

$checks->that('wholesale in another currency comes out to the cent', function (): void {
    $host = shop();
    $bought = $host->checkout(EURO, cart());
    Checks::same('20.88', $host->total($bought['invoice']));
    Checks::same(['7.20', '2.88'], array_map($host->price(...), $bought['orders']));
});

$checks->that('everyone else pays retail, at one look-up for the whole checkout', function (): void {
    $host = shop();
    $bought = $host->checkout(PLAIN, cart());
    Checks::same('29.00', $host->total($bought['invoice']));
    Checks::same([], $host->events());
    Checks::same(['SELECT json FROM mod_reseller_entry WHERE client_id = ?'], $host->pdo->ours());
    Checks::same([], $host->rows('SELECT * FROM client_order_meta'));
});

$checks->that('never paired, the module does nothing', function (): void {
    $host = shop();
    $host->pdo->exec('DELETE FROM mod_reseller_entry');
    $host->pdo->exec("UPDATE mod_reseller_head SET revision = '', json = '{}'");
    $host->newRequest();
    Checks::same('29.00', $host->total($host->checkout(RESELLER, cart())['invoice']));
    $host->fire('onAfterClientSignUp', ['id' => PLAIN]);
    $host->fire('onAfterAdminCronRun', []);
    Checks::same([], $host->events());
    Checks::same([], $host->store->readLocks(null));
    Checks::same([], $host->logged);
});

$checks->that('a suspended reseller is refused with the public reason, and staff for it', function (): void {
    $host = shop(['state' => 'suspended', 'publicReason' => 'Your invoices are overdue.']);
    refused('Your invoices are overdue.', fn () => $host->checkout(RESELLER, cart()));
    refused('Your invoices are overdue.', fn () => staffOrder($host));
    Checks::same([], $host->rows('SELECT * FROM client_order'));
});

$checks->that('lists that nobody confirmed lately refuse, never retail', function (): void {
    $host = shop();
    $host->store->confirmIndex(Moment::now() - 700_000_000);
    refused('try again later', fn () => $host->checkout(RESELLER, cart()));
});

$checks->that('a product that is not on the list is refused', function (): void {
    $host = shop();
    refused('not on your price list', fn () => $host->checkout(RESELLER, [['product' => 9, 'config' => ['period' => '1M']]]));
});

$checks->that('a terminated reseller buys at retail', function (): void {
    $host = shop(['state' => 'terminated']);
    Checks::same('29.00', $host->total($host->checkout(RESELLER, cart())['invoice']));
    Checks::same([], $host->store->readLocks(null));
});

$checks->that('promo codes are refused for resellers alone, unless allowed', function (): void {
    $host = shop();
    $promo = (int) $host->add('promo', ['code' => 'SAVE']);
    refused('Coupons', fn () => $host->checkout(RESELLER, cart(), $promo));
    Checks::same('29.00', $host->total($host->checkout(PLAIN, cart(), $promo)['invoice']));
    $allowed = shop([], ['coupons' => 'allow']);
    $promo = (int) $allowed->add('promo', ['code' => 'SAVE']);
    Checks::same('23.20', $allowed->total($allowed->checkout(RESELLER, cart(), $promo)['invoice']));
});

$checks->that('a discount that got onto an invoice becomes nothing', function (): void {
    $host = shop();
    $order = staffOrder($host);
    $items = [renewal($order, 8.0), ['type' => 'custom', 'rel_id' => $order, 'title' => 'Discount', 'quantity' => 1, 'unit' => 'discount', 'price' => -2.0]];
    Checks::same('8.00', $host->total($host->issue(RESELLER, 'USD', $items)));
});

$checks->that('an order that staff make is set to the list, its first invoice too', function (): void {
    $host = shop();
    $order = staffOrder($host);
    Checks::same('8.00', $host->price($order));
    // The host calls it a renewal.
    Checks::same('8.00', $host->total($host->issue(RESELLER, 'USD', [renewal($order, 12.5)])));
    Checks::hasAll(['placedBy' => 'staff', 'lines' => [['setup' => '0.00', 'unitPrice' => '8.00']]], $host->events()[0]['data']['order']);
    Checks::same('0.00', $host->total($host->issue(PLAIN, 'USD', [])));
});

$checks->that('what the plugin places is left as it is, and told when it is whole', function (): void {
    $host = shop(['state' => 'suspended']);
    $host->fire('onBeforeAdminOrderCreate', ['client_id' => RESELLER, 'product_id' => PLAN, 'meta' => ['reseller_ref' => 'ord_1']]);
    $place = static fn (int $line, ?string $first) => ['line' => $line, 'lines' => 2, 'first' => $first, 'addons' => 0];
    $ids = [];
    foreach ([0, 1] as $line) {
        $ids[] = $id = $host->add('client_order', ['client_id' => RESELLER, 'product_id' => PLAN, 'group_id' => "g{$line}", 'group_master' => 1,
            'invoice_option' => 'issue-invoice', 'title' => 'Plan', 'currency' => 'USD', 'service_type' => 'custom', 'period' => '1M',
            'quantity' => 1, 'price' => 6.5, 'status' => 'pending_setup', 'config' => '{}', 'created_at' => '2027-01-01 00:00:00']);
        $note = ['v' => 1, 'product' => '2', 'options' => new stdClass(), 'unitPrice' => '6.50', 'setup' => '1.00', 'renewal' => '6.50',
            'components' => [], 'place' => $place($line, $ids[0] === $id ? null : $ids[0]), 'stamp' => null, 'lock' => null,
            'order' => $line === 0 ? ['customer' => ['name' => 'Zoë', 'reference' => 'cu_1'], 'note' => null] : null];
        $host->add('client_order_meta', ['client_order_id' => $id, 'name' => 'reseller_ref', 'value' => 'ord_1']);
        $host->add('client_order_meta', ['client_order_id' => $id, 'name' => 'reseller_line', 'value' => json_encode($note)]);
        $host->fire('onAfterAdminOrderCreate', ['id' => $id]);
        Checks::same($line, count($host->events()));
    }
    $order = $host->events()[0]['data']['order'];
    Checks::hasAll(['id' => $ids[0], 'reference' => 'ord_1', 'placedBy' => 'plugin', 'customer' => ['name' => 'Zoë', 'reference' => 'cu_1']], $order);
    Checks::same(['6.50', '6.50'], array_column($order['lines'], 'unitPrice'));
    Checks::same('6.50', $host->price($ids[0]));
    // Ordered before the suspension: it is invoiced at what was agreed.
    Checks::same('6.50', $host->total($host->issue(RESELLER, 'USD', [['type' => 'order', 'rel_id' => $ids[1], 'task' => 'activate', 'title' => 'Plan', 'quantity' => 1, 'price' => 9.0]])));
});

$checks->that('a renewal costs its lock, whatever staff set on the row or the list says by now', function (): void {
    $host = shop();
    $order = staffOrder($host);
    activate($host, $order);
    $host->pdo->exec("UPDATE client_order SET price = 10 WHERE id = {$order}");
    $host->pull([PLAN => chunk('2', ['base 1M USD' => ['9.50', '0.00']])], [RESELLER => []]);
    Checks::same('8.00', $host->total($host->issue(RESELLER, 'USD', [renewal($order, 10.0)])));
    Checks::same('active', $host->store->readLock($order)?->status);
});

$checks->that('a domain costs its registration first and its own renewal later', function (): void {
    $host = shop();
    $config = ['action' => 'register', 'register_sld' => 'blue', 'register_tld' => '.com', 'register_years' => 2, 'period' => '2Y'];
    $bought = $host->checkout(RESELLER, [['product' => DOMAIN, 'config' => $config]]);
    Checks::same('18.59', $host->total($bought['invoice']));
    activate($host, $bought['orders'][0]);
    // The host renews in years at the registrar's price; here it becomes one line for the whole term.
    $renewed = $host->issue(RESELLER, 'USD', [renewal($bought['orders'][0], 11.99, 2)]);
    Checks::same([[18.0, 1, 18.0]], $host->lines($renewed));
});

$checks->that('an invoice of a service that has no agreed price is held', function (): void {
    $host = shop();
    $order = $host->add('client_order', ['client_id' => RESELLER, 'product_id' => PLAN, 'group_id' => 'old', 'group_master' => 1, 'title' => 'Plan',
        'currency' => 'USD', 'service_type' => 'custom', 'period' => '1M', 'quantity' => 1, 'price' => 10.0, 'status' => 'active',
        'config' => '{}', 'activated_at' => '2026-01-01 00:00:00', 'created_at' => '2026-01-01 00:00:00']);
    refused('no price to check against', fn () => $host->issue(RESELLER, 'USD', [renewal($order, 10.0)]));
    Checks::same([], told($host));
});

$checks->that('the life of a service and its invoices is told, each with what it is about', function (): void {
    $host = shop();
    ['orders' => [$order], 'invoice' => $invoice] = $host->checkout(RESELLER, [cart()[0]]);
    $host->pdo->exec("UPDATE invoice SET status = 'paid', paid_at = '2027-02-01 10:00:00' WHERE id = {$invoice}");
    $host->fire('onAfterAdminInvoicePaymentReceived', ['id' => $invoice]);
    activate($host, $order);
    foreach (['Renew' => 'active', 'Suspend' => 'suspended', 'Unsuspend' => 'active', 'Cancel' => 'canceled'] as $what => $status) {
        $host->pdo->exec("UPDATE client_order SET status = '{$status}' WHERE id = {$order}");
        $host->fire("onAfterAdminOrder{$what}", ['id' => $order]);
    }
    $document = $host->add('invoice', ['client_id' => RESELLER, 'currency' => 'USD', 'status' => 'refunded', 'approved' => 1, 'paid_at' => '2027-02-03 00:00:00']);
    foreach ($host->rows("SELECT * FROM invoice_item WHERE invoice_id = {$invoice} ORDER BY id") as $item) {
        $host->add('invoice_item', ['invoice_id' => $document, 'price' => -$item['price']] + array_diff_key($item, ['id' => 0]));
    }
    $host->pdo->exec("UPDATE invoice SET notes = 'Refund invoice #{$document} generated.' WHERE id = {$invoice}");
    $host->fire('onAfterAdminInvoiceRefund', ['id' => $invoice]);
    $types = ['order.created', 'invoice.issued', 'invoice.paid', 'service.provisioned', 'service.renewed', 'service.suspended',
        'service.unsuspended', 'service.terminated', 'invoice.refunded'];
    Checks::same($types, told($host));
    $events = array_column($host->events(), 'data', 'type');
    Checks::same(['id' => 'paid-1', 'at' => '2027-02-01T10:00:00Z', 'method' => 'credit'], $events['invoice.paid']['payment']);
    Checks::hasAll(['amount' => '20.00', 'lines' => [['net' => '16.00'], ['net' => '4.00']]], $events['invoice.refunded']['refund']);
    Checks::same('refunded', $events['invoice.refunded']['invoice']['status']);
    Checks::hasAll(['status' => 'active', 'recurring' => '8.00', 'quantity' => 2, 'lock' => ['unitPrice' => '8.00', 'status' => 'active']], $events['service.provisioned']['service']);
    Checks::same('ended', $host->store->readLock($order)?->status);
    $versions = array_column(array_filter(array_column($host->events(), 'aggregate'), static fn ($about) => $about['type'] === 'service'), 'version');
    $sorted = array_unique($versions);
    sort($sorted);
    Checks::same($sorted, $versions);
    Checks::same([], $host->logged);
});

$checks->that('what is deleted is told as it was', function (): void {
    $host = shop();
    ['orders' => [$order], 'invoice' => $invoice] = $host->checkout(RESELLER, [cart()[0]]);
    foreach (['Invoice' => ['invoice', $invoice], 'Order' => ['client_order', $order], 'Client' => ['client', (string) RESELLER]] as $what => [$table, $id]) {
        $host->fire("onBeforeAdmin{$what}Delete", ['id' => $id]);
        $host->pdo->exec("DELETE FROM {$table} WHERE id = {$id}");
        $host->fire("onAfterAdmin{$what}Delete", ['id' => $id]);
    }
    Checks::same(['invoice.cancelled', 'service.terminated', 'order.cancelled', 'client.closed'], array_slice(told($host), 2));
    $events = array_column($host->events(), 'data', 'type');
    Checks::same('cancelled', $events['service.terminated']['service']['status']);
    Checks::same('closed', $events['client.closed']['client']['status']);
    Checks::same('ended', $host->store->readLock($order)?->status);
});

$checks->that('a listener that hears afterwards never throws', function (): void {
    $host = shop();
    $order = staffOrder($host);
    $host->pdo->exec('DROP TABLE mod_reseller_outbox');
    activate($host, $order);
    Checks::same(1, count($host->logged));
    // The failed one took nothing half-way with it.
    Checks::same('pending', $host->store->readLock($order)?->status);
});

$checks->that('one who decides before never guesses a reseller’s price', function (): void {
    $host = shop();
    $host->pdo->exec('DROP TABLE mod_reseller_list_page');
    refused('could not be read', fn () => $host->checkout(RESELLER, cart()));
    Checks::same('29.00', $host->total($host->checkout(PLAIN, cart())['invoice']));
});

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
    Checks::throws(Box\Mod\Reseller\Bridge\HostError::class, fn () => ask($host, 'tickets.link', ['ticketId' => $other, 'serviceId' => $order, 'orderId' => null]));
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

$checks->that('the seam is tested on a known product, and the host has its own prices back', function (): void {
    $host = shop();
    $of = Fossbilling::of($host->di);
    Checks::same(null, Box\Mod\Reseller\Checkout\SelfTest::run($of));
    Checks::same(10.0, $host->di['mod_service']('Product')->getProductPrice($host->di['mod_service']('Product')->findProductById(PLAN), ['period' => '1M']));
    // A host that hands out another service than the one that was put there.
    $own = $host->di->raw('mod_service');
    $host->di = new class ($host->di, $own) extends Pimple\Container {
        public function __construct(Pimple\Container $from, private readonly Closure $own)
        {
            parent::__construct();
            $this['pdo'] = $from['pdo'];
            $this['mod_service'] = $this->protect($own);
        }

        public function offsetGet(mixed $name): mixed
        {
            return $name === 'mod_service' ? $this->own : parent::offsetGet($name);
        }
    };
    Checks::same(true, is_string(Box\Mod\Reseller\Checkout\SelfTest::run(Fossbilling::of($host->di))));
});

$checks->that('cron notices that the catalogue changed', function (): void {
    $host = shop();
    $compare = static fn () => Box\Mod\Reseller\Host\CatalogueRows::compare(
        Fossbilling::of($host->di),
        static fn () => Box\Mod\Reseller\Listener\Tell::catalogue(Fossbilling::of($host->di)),
    );
    $compare();
    $compare();
    Checks::same([], told($host));
    $host->pdo->exec('UPDATE product_payment SET m_price = 11 WHERE id = 2');
    $compare();
    $compare();
    Checks::same(['catalogue.changed'], told($host));
});

vectorsThroughHost($checks, json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR)['cases']);
exit($checks->finish());
