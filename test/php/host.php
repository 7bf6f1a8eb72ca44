<?php

declare(strict_types=1);

// The module's own listeners in a stub of their host: php host.php <cases.json>, the shared vectors as export-rows.ts
// makes them.

use Box\Mod\Reseller\Bridge\Moment;
use Box\Mod\Reseller\Bridge\PriceLock;
use Box\Mod\Reseller\Host\Fossbilling;

require __DIR__ . '/autoload.php';
require __DIR__ . '/Checks.php';
require __DIR__ . '/host/classes.php';
require __DIR__ . '/host-classes.php';
require __DIR__ . '/TestHost.php';
require __DIR__ . '/host-shop.php';
require __DIR__ . '/host-calls.php';
require __DIR__ . '/host-panels.php';
require __DIR__ . '/host-vectors.php';

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

$checks->that('a list that moves while an order is made does not change it', function (): void {
    $host = shop();
    $dearer = chunk('2', ['base 1M USD' => ['9.50', '4.00']]);
    $other = fn () => $host->pull([PLAN => $dearer, EXTRA => $dearer], [RESELLER => []]);
    $bought = $host->checkout(RESELLER, cart(), null, 0.0, $other);
    Checks::same('23.20', $host->total($bought['invoice']));
    Checks::same(['8.00', '3.20'], array_map(static fn (PriceLock $lock) => $lock->unitPrice, $host->store->readLocks('42')));
    $host->newRequest();
    Checks::same('36.50', $host->total($host->checkout(RESELLER, cart())['invoice']));
});

$checks->that('a note of the plugin that somebody spoiled is not written over: the invoice is held', function (): void {
    $host = shop();
    ['orders' => [$order]] = $host->checkout(RESELLER, [cart()[0]]);
    $host->add('client_order_meta', ['client_order_id' => $order, 'name' => 'reseller_ref', 'value' => 'ord_1']);
    $host->pdo->exec("UPDATE client_order_meta SET value = '{}' WHERE name = 'reseller_line'");
    $host->pdo->exec('DELETE FROM mod_reseller_lock');
    $again = [['type' => 'order', 'rel_id' => $order, 'task' => 'activate', 'title' => 'Plan', 'quantity' => 2, 'price' => 8.0]];
    refused('no price to check against', fn () => $host->issue(RESELLER, 'USD', $again));
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
    $host->fire('onAfterAdminOrderUpdate', ['id' => $ids[1]]);
    Checks::same(['order.created'], told($host));
    // Ordered before the suspension: it is invoiced at what was agreed.
    Checks::same('6.50', $host->total($host->issue(RESELLER, 'USD', [['type' => 'order', 'rel_id' => $ids[1], 'task' => 'activate', 'title' => 'Plan', 'quantity' => 1, 'price' => 9.0]])));
});

$checks->that('a renewal costs its lock, whatever staff set on the row or the list says by now', function (): void {
    $host = shop();
    $order = staffOrder($host);
    activate($host, $order);
    $host->pdo->exec("UPDATE client_order SET price = 10 WHERE id = {$order}");
    $host->pull([PLAN => chunk('2', ['base 1M USD' => ['9.50', '0.00']])], [RESELLER => []]);
    $host->newRequest();
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
    foreach (['Update' => 'active', 'Renew' => 'active', 'Suspend' => 'suspended', 'Unsuspend' => 'active', 'Cancel' => 'canceled'] as $what => $status) {
        $host->pdo->exec("UPDATE client_order SET status = '{$status}' WHERE id = {$order}");
        $host->fire("onAfterAdminOrder{$what}", ['id' => $order]);
    }
    $document = $host->add('invoice', ['client_id' => RESELLER, 'currency' => 'USD', 'status' => 'refunded', 'approved' => 1, 'paid_at' => '2027-02-03 00:00:00']);
    foreach ($host->rows("SELECT * FROM invoice_item WHERE invoice_id = {$invoice} ORDER BY id") as $item) {
        $host->add('invoice_item', ['invoice_id' => $document, 'price' => -$item['price']] + array_diff_key($item, ['id' => 0]));
    }
    $host->pdo->exec("UPDATE invoice SET notes = 'Refund invoice #{$document} generated.' WHERE id = {$invoice}");
    $host->fire('onAfterAdminInvoiceRefund', ['id' => $invoice]);
    $types = ['order.created', 'invoice.issued', 'invoice.paid', 'service.provisioned', 'service.changed', 'service.renewed', 'service.suspended',
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

$checks->that('a set-up that failed is told when the request ends, one that went well is not', function (): void {
    $host = shop();
    [$failing, $fine] = [staffOrder($host), staffOrder($host)];
    activate($host, $fine);
    $host->fire('onBeforeAdminOrderActivate', ['id' => $failing]);
    $host->pdo->exec("UPDATE client_order SET status = 'failed_setup' WHERE id = {$failing}");
    Box\Mod\Reseller\Listener\SetUp::tellFailed(Fossbilling::of($host->di));
    Box\Mod\Reseller\Listener\SetUp::tellFailed(Fossbilling::of($host->di));
    Checks::same(['service.provisioned', 'service.failed'], array_slice(told($host), 2));
    Checks::hasAll(['id' => $failing, 'status' => 'setup_failed'], $host->events()[3]['data']['service']);
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

callsOfModule($checks);
panelsOfModule($checks);

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
            parent::__construct([]);
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
    // Between pairing and the first run of cron nobody compared.
    Checks::same(['catalogue.changed'], told($host));
    $host->pdo->exec('UPDATE product_payment SET m_price = 11 WHERE id = 2');
    $compare();
    $compare();
    Checks::same(['catalogue.changed', 'catalogue.changed'], told($host));
});

$checks->that('a reseller sees wholesale on a page, in the currency of its cart; others cost one look-up or none', function (): void {
    $host = shop();
    $seen = static function (?int $clientId, ?int $currencyId) use ($host): array {
        $host->newRequest();
        $host->pdo->exec('DELETE FROM cart');
        $host->add('cart', ['session_id' => 's1', 'currency_id' => $currencyId]);
        $host->di['session'] = new TestSession($clientId);
        $swapped = Box\Mod\Reseller\Checkout\NativeCheckout::swap($host->di);
        $before = count($host->pdo->ours());
        $products = $host->di['mod_service']('Product');
        $price = $products->getProductPrice($products->findProductById(PLAN), ['period' => '1M']);
        return [$swapped, round($price, 6), $before];
    };
    Checks::same([true, 8.0, 1], $seen(RESELLER, 1));
    Checks::same([true, 8.0, 1], $seen(EURO, 2));
    Checks::same([false, 10.0, 1], $seen(PLAIN, 1));
    Checks::same([false, 10.0, 0], $seen(null, 1));
    $host->store->confirmIndex(Moment::now() - 700_000_000);
    Checks::same([true, 10.0, 1], $seen(RESELLER, 1));
    Checks::same([], $host->logged);
});

$checks->that('two modules that replace the product service chain', function (): void {
    $host = shop();
    $mark = static fn (float $price) => new class ($price) implements Box\Mod\Reseller\Checkout\PriceSource {
        public function __construct(private readonly float $price)
        {
        }

        public function find(string $productId, string $type, array $config): ?array
        {
            return $productId === '9' || $this->price > 1.0 ? ['price' => $this->price, 'setup' => 0.0] : null;
        }

        public function discountsCount(): bool
        {
            return true;
        }
    };
    foreach ([2.5, 0.5] as $price) {
        Box\Mod\Reseller\Checkout\NativeCheckout::replace($host->di, static fn (object $inner) => new Box\Mod\Reseller\Checkout\ProductService($inner, $mark($price)));
    }
    $products = $host->di['mod_service']('product');
    $price = static fn (int $id) => $products->getProductPrice($products->findProductById($id), ['period' => '1M']);
    Checks::same([0.5, 2.5], [$price(9), $price(PLAN)]);
});

$checks->that('a domain whose shortest term is longer is priced by its years, and transferred once', function (): void {
    $host = shop();
    $host->pull(['domain:.com' => chunk('domain:.com', ['register 2Y USD' => ['20.00', '0.00'], 'renew 2Y USD' => ['18.00', '0.00'],
        'transfer 2Y USD' => ['8.88', '0.00']], 'domain')], [RESELLER => []]);
    $register = ['action' => 'register', 'register_sld' => 'blue', 'register_tld' => '.com', 'register_years' => 3, 'period' => '3Y'];
    $transfer = ['action' => 'transfer', 'transfer_sld' => 'red', 'transfer_tld' => '.com', 'period' => '1Y'];
    $bought = $host->checkout(RESELLER, [['product' => DOMAIN, 'config' => $register], ['product' => DOMAIN, 'config' => $transfer]]);
    Checks::same(['29.00', '8.88'], array_map($host->price(...), $bought['orders']));
    Checks::same(['27.00', '9.00'], array_map(static fn (PriceLock $lock) => $lock->unitPrice, $host->store->readLocks('42')));
});

vectorsThroughHost($checks, json_decode((string) file_get_contents($argv[1]), true, 64, JSON_THROW_ON_ERROR)['cases']);
exit($checks->finish());
